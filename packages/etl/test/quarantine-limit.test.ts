import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lakeStatus, loadEvents, replayQuarantine } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

test('a load in which every row is rejected fails, and says of what, where, and what to change', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const bad = rowsOfDays(10, 1).map((row, n) => row.replace(/^[^,]+,/, n < 3 ? 'soon,' : '01/10/2019,'));
  const inputs = [await writeLines(folder, 'us-dates.csv', [header, ...bad, 'cut off'])];
  const failed = await loadEvents({ table: events, lake, inputs }).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    code: 'QUARANTINE_EXCEEDED',
    payload: {
      rowsIn: 11,
      quarantined: 11,
      limit: '50%',
      reasons: { 'event_time:not_a_timestamp': 10, 'line:too_few_fields': 1 },
      examples: [
        { reason: 'event_time:not_a_timestamp', rows: 10, source: inputs[0], line: 2 },
        { reason: 'line:too_few_fields', rows: 1, source: inputs[0], line: 12 },
      ],
    },
  });
  const message = String(failed);
  expect(message).toContain(`event_time:not_a_timestamp in 10 rows, the first in ${inputs[0]} line 2`);
  expect(message).toContain('--max-quarantine 100%');
  // The values may identify a person.
  expect(message).not.toMatch(/soon|01\/10|2053013552326770905/);
  await expect(lakeStatus({ table: events, lake })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });

  expect(await loadEvents({ table: events, lake, inputs, maxQuarantine: 1 })).toMatchObject({
    rowsOut: 0,
    quarantined: 11,
  });
  expect(await replayQuarantine({ table: events, lake })).toMatchObject({ rowsIn: 11, quarantined: 11 });
});

test('half of the rows may be rejected by default, one more may not', async () => {
  const folder = await temporaryFolder();
  const load = async (name: string, bad: number) =>
    loadEvents({
      table: events,
      lake: join(folder, `${name}-lake`),
      inputs: [await writeLines(folder, name, [header, ...rowsOfDays(5, 1), ...Array(bad).fill('cut off')])],
    });
  expect(await load('half.csv', 5)).toMatchObject({ rowsIn: 10, rowsOut: 5, quarantined: 5 });
  await expect(load('more.csv', 6)).rejects.toMatchObject({ code: 'QUARANTINE_EXCEEDED' });
});

test.each([-0.1, 1.5, Number.NaN])('a limit of %d is refused', async (maxQuarantine) => {
  const folder = await temporaryFolder();
  const inputs = [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(5, 1)])];
  await expect(
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs, maxQuarantine }),
  ).rejects.toMatchObject({ code: 'OPTION_INVALID', payload: { option: 'maxQuarantine' } });
});
