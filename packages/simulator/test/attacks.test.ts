import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHeadwaterError } from '@headwater/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackLabels } from '../src/attack-labels.ts';
import type { AttackLabel } from '../src/labels/attack-label.ts';
import { attackLevels } from '../src/script/level.ts';
import { caseKindNames } from '../src/script/level-table.ts';
import { simulateRows } from '../src/simulate-rows.ts';
import { simulateToFile } from '../src/simulate-to-file.ts';
import { planInputOf, type SimulationOptions } from '../src/simulation-options.ts';
import { type WriteEventsOptions, writeEvents } from '../src/write-events.ts';
import { type AttackRun, fourDays, runWith } from './attack-run.ts';

let folder = '';
let easy: AttackRun;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-attacks-'));
  easy = runWith({ level: 'easy' });
});
afterAll(() => rmSync(folder, { recursive: true }));

const second = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

describe('a run without attacks', () => {
  const digestOf = async (options: Partial<WriteEventsOptions>): Promise<string> => {
    const hash = createHash('sha256');
    const week = { events: 20_000, days: 5, start: '2019-10-01', seed: 5 };
    await writeEvents({ ...week, ...options }, { write: (bytes) => void hash.update(bytes) });
    return hash.digest('hex');
  };

  it('has the bytes that it had before there were attacks', async () => {
    expect(await digestOf({ bots: 0.2 })).toBe(
      'f6e5e82bc9ee8ff3bb1f6eb651dcf9d2ae755c3faa41c27caebfbc874eebf56f',
    );
    expect(await digestOf({ bots: 0.2, dirty: 0.05, start: '2019-10-25' })).toBe(
      'a0f078e73a70d523a15f545907e424724bdb1832c756ef94f66935eed19e21b5',
    );
    // The clocks change within these days.
    expect(await digestOf({ format: 'jsonl', start: '2019-10-25' })).toBe(
      '1bf06b955118fd43d49da25935b89c4fb4098059dd0e8d89d76d4010535e319d',
    );
  });

  it('has no labels', () => {
    expect([...attackLabels(fourDays)]).toEqual([]);
  });
});

it('the same attacks have the same bytes and labels on every machine', async () => {
  const hash = createHash('sha256');
  const onAttackLabel = (label: AttackLabel): void => void hash.update(JSON.stringify(label));
  const options = { events: 30_000, days: 3, start: '2019-10-25', seed: 11, attacks: 'medium' } as const;
  await writeEvents({ ...options, onAttackLabel }, { write: (bytes) => void hash.update(bytes) });
  // It changes with the table of levels.
  expect(hash.digest('hex')).toBe('8a67befdbdda8ff667c5c85691cbf324fd8985424465a9205a9f3bab9c4bccb4');
});

describe('labels', () => {
  it('agree with the rows: of each actor and session, and of each case', () => {
    const kindsOfSession = new Map<string, string>();
    const members = easy.labels.filter((label) => label.subject_type === 'session');
    for (const label of members) kindsOfSession.set(label.subject, label.kind);
    const scripted = easy.rows.filter((row) => row.actor !== 'shopper');
    for (const { event, actor } of easy.rows)
      expect(kindsOfSession.get(event.user_session ?? '') ?? 'shopper').toBe(actor);
    const sessions = Map.groupBy(scripted, (row) => row.event.user_session ?? '');
    for (const { subject, rows, from, to } of members) {
      const own = sessions.get(subject) ?? [];
      expect({ rows: own.length, from, to }).toEqual({
        rows,
        from: second(own[0]?.event.event_time ?? new Date(0)),
        to: second(own.at(-1)?.event.event_time ?? new Date(0)),
      });
    }
    const cases = easy.labels.filter((label) => label.role === 'case');
    expect(cases.reduce((sum, label) => sum + label.rows, 0)).toBe(scripted.length);
    const actors = Map.groupBy(scripted, (row) => String(row.event.user_id));
    for (const label of cases) {
      const own = label.members.flatMap((member) => actors.get(member) ?? []);
      expect(own.filter((row) => row.actor === label.kind).length).toBeGreaterThanOrEqual(label.rows);
    }
  });

  it('name a case once, and its members by the same name', () => {
    const byCase = Map.groupBy(easy.labels, (label) => label.case);
    for (const [name, labels] of byCase) {
      expect(labels.filter((label) => label.role === 'case')).toHaveLength(1);
      expect(labels[0]).toMatchObject({ role: 'case', version: 1, level: 'easy' });
      expect(name.startsWith(`${labels[0]?.kind}-`)).toBe(true);
      expect(labels.every((label) => label.isAttack === labels[0]?.isAttack)).toBe(true);
      const actors = labels.filter((label) => label.role === 'member' && label.subject_type === 'actor');
      if (labels[0]?.subject_type === 'actor') expect(labels[0].members).toEqual([labels[0].subject]);
      else expect(actors.map((label) => label.subject)).toEqual(labels[0]?.members);
    }
  });

  it('leave shoppers alone: no attacker is a shopper, no attacker is in two cases', () => {
    const shoppers = new Set(
      easy.rows.filter((row) => row.actor === 'shopper').map((row) => row.event.user_id),
    );
    const attackers = easy.labels.filter((label) => label.role === 'case' && label.isAttack);
    const members = attackers.flatMap((label) => label.members);
    expect(members.filter((member) => shoppers.has(BigInt(member)))).toEqual([]);
    expect(new Set(members).size).toBe(members.length);
  });

  it('are lines of a file', async () => {
    const [out, labelsOut] = [join(folder, 'events.csv'), join(folder, 'labels.jsonl')];
    const report = await simulateToFile({ ...fourDays, attacks: 'easy', out, labelsOut });
    const lines = readFileSync(labelsOut, 'utf8').trimEnd().split('\n');
    const labels = lines.map((line): AttackLabel => JSON.parse(line));
    expect(labels).toEqual(easy.labels);
    for (const [kind, counts] of Object.entries(report.attacks ?? {})) {
      const cases = labels.filter((label) => label.role === 'case' && label.kind === kind);
      const rows = cases.reduce((sum, label) => sum + label.rows, 0);
      const sessions = labels.filter(
        (label) => label.subject_type === 'session' && label.kind === kind,
      ).length;
      const actors = cases.reduce((sum, label) => sum + label.members.length, 0);
      const { isAttack } = cases[0] ?? {};
      expect(counts).toEqual({ cases: cases.length, sessions, rows, actors, isAttack });
    }
    expect(Object.keys(report.attacks ?? {})).toHaveLength(caseKindNames.length);
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(fourDays.events + 1);
  });
});

describe('a run with attacks', () => {
  it.each(attackLevels)('has every kind at the level %s', (level) => {
    const kinds = new Set([...attackLabels({ ...fourDays, attacks: level })].map((label) => label.kind));
    expect([...kinds].toSorted()).toEqual(caseKindNames.toSorted());
  });

  it('has exactly the rows asked for, in the order of their time', () => {
    expect(easy.rows).toHaveLength(fourDays.events);
    const times = easy.rows.map((row) => Number(row.event.event_time));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('is the same for the same seed, and another for another', () => {
    const attacks = { level: 'medium', kinds: ['carding'] } as const;
    const firstOf = (options: Partial<SimulationOptions>): unknown[] => {
      const rows = simulateRows({ ...fourDays, events: 20_000, attacks, ...options });
      return Array.from({ length: 2_000 }, () => rows.next().value);
    };
    expect(firstOf({})).toEqual(firstOf({}));
    expect(firstOf({})).not.toEqual(firstOf({ seed: 4 }));
    expect(firstOf({})).not.toEqual(firstOf({ attacks: { ...attacks, purpose: 'report' } }));
  });

  it('has about one attacker in a hundred actors, without the members of floods', () => {
    const actors = new Set(easy.rows.map((row) => row.event.user_id)).size;
    const attackers = easy.labels.filter(
      (label) => label.role === 'case' && label.isAttack && /actor|campaign/.test(label.subject_type),
    );
    const share = attackers.flatMap((label) => label.members).length / actors;
    expect(share).toBeGreaterThan(0.006);
    expect(share).toBeLessThan(0.02);
  });

  it('keeps a case when other kinds are added', () => {
    const rowsOf = (run: AttackRun): unknown[] =>
      run.rows
        .filter((row) => row.actor === 'carding')
        .map(({ event }) => [event.event_time, event.event_type, event.product_id]);
    const alone = rowsOf(runWith({ level: 'easy', kinds: ['carding'] }));
    expect(alone.length).toBeGreaterThan(100);
    expect(rowsOf(runWith({ level: 'easy', kinds: ['hoarder', 'carding', 'wish_list'] }))).toEqual(alone);
  });
});

describe('seeds for tuning and for reporting', () => {
  it('have no run in common', () => {
    const seedsOf = (purpose: 'tune' | 'report'): number[] =>
      Array.from({ length: 401 }, (_, at) => {
        const attacks = { level: 'easy', purpose } as const;
        return planInputOf({ ...fourDays, seed: at - 200, attacks }).seed;
      });
    const [tune, report] = [new Set(seedsOf('tune')), new Set(seedsOf('report'))];
    expect([tune.size, report.size]).toEqual([401, 401]);
    expect([...tune].filter((seed) => report.has(seed))).toEqual([]);
  });
});

describe('an option that cannot be right', () => {
  const optionOf = (options: Partial<SimulationOptions>): unknown => {
    try {
      simulateRows({ ...fourDays, attacks: 'easy', ...options }).next();
    } catch (error) {
      if (isHeadwaterError(error, 'SIMULATION_INVALID')) return error.payload.option;
      throw error;
    }
    return undefined;
  };

  it('is named', () => {
    expect(optionOf({ days: 1 })).toBe('days');
    expect(optionOf({ days: 1, attacks: { level: 'easy', kinds: ['flash_sale', 'carding'] } })).toBe(
      undefined,
    );
    expect(optionOf({ bots: true })).toBe('bots');
    expect(optionOf({ events: 5_000 })).toBe('events');
    expect(optionOf({ events: 20_000_001 })).toBe('events');
    expect(optionOf({ seed: Number.MAX_SAFE_INTEGER })).toBe('seed');
    // @ts-expect-error: not a level
    expect(optionOf({ attacks: 'brutal' })).toBe('attacks');
    // @ts-expect-error: not a kind
    expect(optionOf({ attacks: { level: 'easy', kinds: ['scrapper'] } })).toBe('attacks.kinds');
    // @ts-expect-error: not a purpose
    expect(optionOf({ attacks: { level: 'easy', purpose: 'test' } })).toBe('attacks.purpose');
    expect(optionOf({ attacks: { level: 'easy', share: 0.5 } })).toBe('attacks.share');
    expect(optionOf({})).toBe(undefined);
  });
});
