import { CallerBudgets, ScanBudget } from '@headwater/access';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a budget', () => {
  const estimate = (mostBytes: number) => ({ tables: [], bytes: mostBytes, mostBytes });

  it('never holds and charges more than its session, whatever is reserved and however it ends', () => {
    const step = fc.record({
      bytes: fc.nat(60),
      end: fc.constantFrom('later', 'release', 'charge', 'report'),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = new ScanBudget({ perCall: 50, perSession: 200 });
        const open: { bytes: number; end(): void }[] = [];
        let used = 0;
        for (const { bytes, end, share } of steps) {
          let isHeld = true;
          try {
            const held = budget.reserve(estimate(bytes), '');
            const ending = {
              bytes,
              end: () => {
                used += held.charge().bytes;
              },
            };
            if (end === 'release') held.release();
            else if (end === 'charge') ending.end();
            else if (end === 'report') used += held.charge(Math.floor(bytes * share)).bytes;
            else open.push(ending);
            // A second end changes nothing.
            if (end !== 'later') held.charge();
          } catch {
            isHeld = false;
          }
          const reserved = open.reduce((sum, one) => sum + one.bytes, 0);
          const state = budget.state();
          expect(state).toMatchObject({ reserved, used: { bytes: used }, left: 200 - used - reserved });
          expect(state.left).toBeGreaterThanOrEqual(0);
          // It refuses nothing that there is room for.
          if (!isHeld) expect(bytes > 50 || bytes > state.left).toBe(true);
        }
      }),
    );
  });

  it('is whole again after a while, without what still runs', () => {
    let now = Date.UTC(2024, 2, 3);
    const budget = new ScanBudget({ perCall: 100, perSession: 150, renewSeconds: 60, now: () => now });
    budget.reserve(estimate(100), '').charge();
    const running = budget.reserve(estimate(50), '');
    expect(() => budget.reserve(estimate(1), '')).toThrow('wait until 2024-03-03T00:01:00.000Z');
    now += 61_000;
    expect(budget.state()).toMatchObject({ used: { bytes: 0 }, reserved: 50, left: 100 });
    running.charge();
    expect(budget.state()).toMatchObject({
      used: { bytes: 50 },
      left: 100,
      renews: '2024-03-03T00:02:00.000Z',
    });
  });

  it('is that of a caller, until its sizes change', () => {
    const budgets = new CallerBudgets();
    const sizes = { perCall: 100, perSession: 100 };
    budgets.of('north', sizes).reserve(estimate(60), '').charge();
    expect(budgets.of('north', { ...sizes }).state()).toMatchObject({ used: { bytes: 60 }, left: 40 });
    expect(budgets.of('south', sizes).state()).toMatchObject({ left: 100 });
    expect(budgets.of('north', { ...sizes, perSession: 200 }).state()).toMatchObject({ left: 200 });
  });

  it.each([
    [{ perCall: '0 GB', perSession: '1 GB' }],
    [{ perCall: '1 GB', perSession: 'much' }],
    [{ perCall: 1, perSession: 1, renewSeconds: 0 }],
  ])('%j is no budget', (options) => {
    expect(() => new ScanBudget(options)).toThrow(/expected/);
  });
});
