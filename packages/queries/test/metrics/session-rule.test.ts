import {
  closeLake,
  createLake,
  type Lake,
  metricNotes,
  runMetric,
  sessionSummary,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertDaysAlone, assertRule } from '../support/assert-sessions.ts';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { randomVisits, visitTables } from '../support/visits.ts';

describe.for([1, 2, 3])('visits by the seed %d', (seed) => {
  const visits = randomVisits(seed);
  let made: MadeLake;
  let lake: Lake<typeof visitTables>;
  beforeAll(async () => {
    made = await makeLake();
    for (const table of visitTables) await made.commit(table, visits);
    lake = createLake({ tables: visitTables, engine: duckdbEngine({ lake: made.folder, threads: 2 }) });
  });
  afterAll(async () => {
    await closeLake(lake);
    await made.remove();
  });

  const names = visitTables.map(({ name }) => name);
  test.for(names)('%s: the sessions of a program that reads all events', (name) =>
    assertRule(tableOf(lake, name), visits),
  );
  test.for(names)('%s: the answer for a day does not depend on the range', (name) =>
    assertDaysAlone(tableOf(lake, name)),
  );
  test('an address in place of a session exceeds, and is counted', async () => {
    const range = { from: '2024-03-05', to: '2024-03-07' };
    const [note] = await metricNotes(lake.by_id, sessionSummary, range);
    expect(note).toMatchObject({ kind: 'sessions-exceeded', longestMilliseconds: 86_400_000 });
    expect(note?.text).toContain('later than 24 hours after the beginning of the session');
    expect(await metricNotes(lake.by_id, 'peak-hours', range)).toEqual([]);
    const asked = await runMetric(lake.by_id, sessionSummary, range);
    expect(asked.length).toBeGreaterThan(0);
  });
});
