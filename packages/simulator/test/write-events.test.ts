import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { BotLabel } from '../src/bots/bot-kinds.ts';
import { type WriteEventsOptions, writeEvents } from '../src/write-events.ts';

const week = { events: 20_000, days: 7, start: '2019-10-01', seed: 42 };

const bytesOf = async (options: Partial<WriteEventsOptions> = {}): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  await writeEvents({ ...week, ...options }, { write: (bytes) => void chunks.push(Buffer.from(bytes)) });
  return Buffer.concat(chunks);
};

describe('a sink', () => {
  it('that is slow gets the same bytes, and no chunk before it has taken the one before', async () => {
    const chunks: Buffer[] = [];
    let busy = false;
    const report = await writeEvents(week, {
      async write(bytes) {
        expect(busy).toBe(false);
        busy = true;
        await setTimeout(20);
        chunks.push(Buffer.from(bytes));
        busy = false;
      },
    });
    expect(chunks.length).toBeGreaterThan(2);
    expect(Buffer.concat(chunks)).toEqual(await bytesOf());
    expect(report.bytes).toBe(Buffer.concat(chunks).length);
  });

  it('that fails stops the run with its own error', async () => {
    const full = new Error('no room');
    const sink = {
      write: async () => {
        throw full;
      },
    };
    await expect(writeEvents(week, sink)).rejects.toBe(full);
  });

  it('is handed a mebibyte at most at a time, however many rows', async () => {
    let largest = 0;
    await writeEvents(
      { ...week, events: 200_000 },
      {
        write(bytes) {
          largest = Math.max(largest, bytes.length);
        },
      },
    );
    expect(largest).toBeLessThanOrEqual(1 << 20);
  });
});

describe('a dialect', () => {
  const linesOf = (bytes: Buffer): string[] => bytes.toString().split('\n');

  it('changes the line ends and nothing else', async () => {
    const plain = await bytesOf();
    const crlf = await bytesOf({ dialect: { lineEnd: 'crlf' } });
    expect(crlf.toString().replaceAll('\r\n', '\n')).toBe(plain.toString());
    expect(crlf.length - plain.length).toBe(week.events + 1);
  });

  it('leaves the header out', async () => {
    const [, ...rows] = linesOf(await bytesOf());
    expect(linesOf(await bytesOf({ dialect: { header: false } }))).toEqual(rows);
  });

  it.each(['lf', 'crlf'] as const)('leaves the last line without %s', async (lineEnd) => {
    const whole = (await bytesOf({ dialect: { lineEnd } })).toString();
    const bare = (await bytesOf({ dialect: { lineEnd, finalLineEnd: false } })).toString();
    expect(bare).toBe(whole.trimEnd());
  });

  it('keeps damage in front of the line end', async () => {
    const lf = await bytesOf({ dirty: 0.3 });
    const crlf = await bytesOf({ dirty: 0.3, dialect: { lineEnd: 'crlf' } });
    expect(crlf.toString('latin1').replaceAll('\r\n', '\n')).toBe(lf.toString('latin1'));
  });

  it('is not for Parquet', async () => {
    const run = bytesOf({ format: 'parquet', dialect: { lineEnd: 'crlf' } });
    await expect(run).rejects.toMatchObject({ code: 'SIMULATION_INVALID', payload: { option: 'dialect' } });
  });
});

describe('a signal', () => {
  it('stops the run while it is still being planned', async () => {
    const controller = new AbortController();
    let chunks = 0;
    const run = writeEvents(
      { ...week, events: 10 ** 9, signal: controller.signal },
      {
        write() {
          chunks++;
        },
      },
    );
    const stopped = expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const abort = once(controller.signal, 'abort');
    void setTimeout(50).then(() => controller.abort());
    await abort;
    await stopped;
    expect(chunks).toBe(0);
  });
});

it('labels reach the caller', async () => {
  const labels: BotLabel[] = [];
  const sink = { write: () => undefined };
  const onBotSession = (label: BotLabel) => void labels.push(label);
  const report = await writeEvents({ ...week, bots: 0.2, onBotSession }, sink);
  const rows = labels.reduce((sum, label) => sum + label.rows, 0);
  expect(rows).toBe(Object.values(report.bots).reduce((sum, bot) => sum + bot.rows, 0));
  expect(rows).toBe(week.events * 0.2);
});
