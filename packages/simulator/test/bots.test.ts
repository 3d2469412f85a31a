import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botKinds } from '../src/bots/bot-kinds.ts';
import { simulateLabelledRows } from '../src/simulate-rows.ts';
import { simulateToFile } from '../src/simulate-to-file.ts';

const options = { events: 40_000, days: 3, start: '2019-10-01', seed: 5, bots: 0.2 };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-bots-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async () => {
  const [out, labelsOut] = [join(folder, 'events.csv'), join(folder, 'labels.csv')];
  const report = await simulateToFile({ ...options, out, labelsOut });
  const rowsOf = (file: string): string[][] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
  return { report, events: rowsOf(out), labels: rowsOf(labelsOut) };
};

describe('labels', () => {
  it('name every session of a bot, with what the events hold of it', async () => {
    const { report, events, labels } = await run();
    const sessions = Map.groupBy(events, (event) => event[8] ?? '');
    for (const [session = '', user, , rows, first, last] of labels) {
      const own = sessions.get(session) ?? [];
      expect(own).toHaveLength(Number(rows));
      expect(new Set(own.map((event) => event[7]))).toEqual(new Set([user]));
      expect([own[0]?.[0], own.at(-1)?.[0]]).toEqual([first, last]);
    }
    expect(new Set(labels.map((label) => label[0])).size).toBe(labels.length);
    const byKind = Map.groupBy(labels, (label) => label[2] ?? '');
    expect([...byKind.keys()].toSorted()).toEqual(botKinds.map((bot) => bot.kind).toSorted());
    for (const { kind } of botKinds) {
      const own = byKind.get(kind) ?? [];
      const rows = own.reduce((sum, label) => sum + Number(label[3]), 0);
      expect(report.bots[kind]).toEqual({ rows, sessions: own.length });
    }
  });

  it('add up to the share asked for, split as the table of kinds says', async () => {
    const { report } = await run();
    for (const { kind, part } of botKinds)
      expect(report.bots[kind]?.rows).toBe((options.events * options.bots * part) / 100);
  });

  it('agree with the actors of the loop', async () => {
    const { labels } = await run();
    const actors = new Map(labels.map((label) => [label[0], label[2]]));
    for (const { event, actor } of simulateLabelledRows(options))
      expect(actors.get(event.user_session ?? '') ?? 'shopper').toBe(actor);
  });

  it('leave people alone: no account of a bot is a shopper', async () => {
    const { events, labels } = await run();
    const bots = new Set(labels.map((label) => label[0]));
    const accounts = new Set(labels.map((label) => label[1]));
    const people = events.filter((event) => !bots.has(event[8] ?? ''));
    expect(people.length).toBeGreaterThan(30_000);
    expect(people.filter((event) => accounts.has(event[7] ?? ''))).toEqual([]);
  });
});
