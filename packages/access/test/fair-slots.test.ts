import { setTimeout as wait } from 'node:timers/promises';
import { FairSlots, RateLimit } from '@headwater/access';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const share = { running: 1, waiting: 3 };
const slotsOf = (options = {}) =>
  new FairSlots({ engine: 'duckdb', running: 2, waiting: 100, waitSeconds: 60, ...options });

/** Takes a slot, and notes when it is given. */
async function begin(slots: FairSlots, name: string, begun: string[], own = share): Promise<() => void> {
  const free = await slots.take(name, own);
  begun.push(name);
  return free;
}

describe('fair slots', () => {
  it('give a caller its turn, however many queries others have sent', async () => {
    const slots = slotsOf({ running: 1 });
    const wide = { running: 1, waiting: 100 };
    const begun: string[] = [];
    const held = await slots.take('greedy', wide);
    const greedy = Array.from({ length: 50 }, () => begin(slots, 'greedy', begun, wide));
    const modest = ['a', 'b'].map((name) => begin(slots, name, begun));
    held();
    await Promise.all([...greedy, ...modest].map(async (each) => (await each)()));
    // The greedy one has just been: the others come before its next.
    expect(begun.slice(0, 3)).toEqual(['a', 'b', 'greedy']);
    expect(begun).toHaveLength(52);
    expect(slots.state).toEqual({ running: 0, waiting: 0, callers: 0 });
  });

  it('keep a slot free of a caller that has its share', async () => {
    const slots = slotsOf();
    const first = await slots.take('greedy', share);
    const begun: string[] = [];
    const second = begin(slots, 'greedy', begun);
    const other = await slots.take('modest', share);
    await wait(5);
    expect(begun).toEqual([]);
    other();
    await wait(5);
    // A slot is free, and is not for it.
    expect([begun, slots.state]).toEqual([[], { running: 1, waiting: 1, callers: 1 }]);
    first();
    (await second)();
  });

  it('refuse what is too much of one caller by its own code, and of all by another', async () => {
    const slots = slotsOf({ running: 1, waiting: 4 });
    const held = await slots.take('greedy', share);
    const waiting = [1, 2, 3].map(() => slots.take('greedy', share));
    await expect(slots.take('greedy', share)).rejects.toMatchObject({
      code: 'CALLER_BUSY',
      retryable: true,
      payload: { running: 1, waiting: 3, retrySeconds: 1 },
    });
    waiting.push(slots.take('modest', share));
    await expect(slots.take('other', share)).rejects.toMatchObject({ code: 'QUERY_QUEUE_FULL' });
    held();
    await Promise.all(waiting.map(async (each) => (await each)()));
    expect(slots.state).toEqual({ running: 0, waiting: 0, callers: 0 });
  });

  it('end a wait at its time, and name whose queries it waited for', async () => {
    const slots = slotsOf({ running: 1, waitSeconds: 0.02 });
    const held = await slots.take('greedy', share);
    const waits = [slots.take('greedy', share), slots.take('modest', share)];
    const ended = await Promise.allSettled(waits);
    expect(ended).toMatchObject([
      { reason: { code: 'CALLER_BUSY' } },
      { reason: { code: 'QUERY_QUEUE_TIMEOUT' } },
    ]);
    held();
    (await slots.take('modest', share))();
  });

  it('end a wait by its signal', async () => {
    const slots = slotsOf({ running: 1 });
    const held = await slots.take('a', share);
    const stop = new AbortController();
    const waiting = slots.take('a', share, stop.signal);
    stop.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(slots.take('b', share, stop.signal)).rejects.toThrow('gone');
    held();
    held();
    expect(slots.state).toEqual({ running: 0, waiting: 0, callers: 0 });
  });

  it('never run more than all and each may, and lose nobody, in whatever order', async () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      does: fc.constantFrom('take', 'take', 'free', 'abort'),
      at: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const slots = slotsOf({ running: 2, waiting: 8 });
        const running: { name: string; free: () => void }[] = [];
        const open: { stop: AbortController; outcome: Promise<unknown> }[] = [];
        let outcomes = 0;
        const taken = steps.filter(({ does }) => does === 'take').length;
        for (const { name, does, at } of steps) {
          if (does === 'take') {
            const stop = new AbortController();
            const outcome = slots.take(name, share, stop.signal).then(
              (free) => void running.push({ name, free }),
              () => undefined,
            );
            const told = outcome.then(() => {
              outcomes += 1;
            });
            open.push({ stop, outcome: told });
          } else if (does === 'free') {
            const [one] = running.splice(at % Math.max(1, running.length), 1);
            one?.free();
          } else open[at % Math.max(1, open.length)]?.stop.abort(new Error('gone'));
          await Promise.resolve();
          await Promise.resolve();
          await wait(0);
          expect(running.length).toBe(slots.state.running);
          expect(running.length).toBeLessThanOrEqual(2);
          for (const each of ['a', 'b', 'c'])
            expect(running.filter((one) => one.name === each).length).toBeLessThanOrEqual(share.running);
          // A slot is free only when whoever waits has its share.
          if (slots.state.waiting > 0 && running.length === 1) expect(slots.state.callers).toBe(1);
        }
        while (slots.state.running > 0 || running.length > 0) {
          running.shift()?.free();
          await wait(0);
        }
        await Promise.all(open.map(({ outcome }) => outcome));
        expect(outcomes).toBe(taken);
        expect(slots.state).toEqual({ running: 0, waiting: 0, callers: 0 });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a rate', () => {
  it('is of each caller, fills up again, and says when to come', () => {
    let clock = 0;
    const limit = new RateLimit(() => clock);
    const rate = { perSecond: 2, burst: 3 };
    expect([1, 2, 3, 4].map(() => limit.take('north', rate))).toEqual([0, 0, 0, 0.5]);
    expect(limit.take('south', rate)).toBe(0);
    clock += 499;
    expect(limit.take('north', rate)).toBeCloseTo(0.001);
    clock += 1;
    expect(limit.take('north', rate)).toBe(0);
    clock -= 10_000;
    expect(limit.take('north', rate)).toBe(0.5);
    clock += 1_000_000;
    expect([1, 2, 3, 4].map(() => limit.take('north', rate))).toEqual([0, 0, 0, 0.5]);
  });
});
