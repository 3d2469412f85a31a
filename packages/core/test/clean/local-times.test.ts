import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { createRecordCleaner, defineEvents, timestamp } from '../../src/index.ts';
import { clockChanges, localText, localTimesAround, readTimes, rejectedTimes } from './cases/time-cases.ts';

test.each(clockChanges)('local times of %s around %s are the instants that Temporal gives', (zone, day) => {
  const { schema } = defineEvents('t', {
    columns: { at: timestamp({ formats: ['D/M/YYYY H:mm'], zone }) },
    roles: { time: 'at' },
  });
  const clean = createRecordCleaner(schema);
  for (const local of localTimesAround(day)) {
    const time = Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, -1));
    const { epochMilliseconds } = time.toZonedDateTime(zone, { disambiguation: 'compatible' });
    const text = localText(local);
    expect(clean({ at: text }), text).toEqual({ accepted: true, row: { at: new Date(epochMilliseconds) } });
  }
});

test.each(readTimes)('%o reads %s as %s', (options, text, instant) => {
  const { schema } = defineEvents('t', { columns: { at: timestamp(options) }, roles: { time: 'at' } });
  expect(createRecordCleaner(schema)({ at: text })).toEqual({
    accepted: true,
    row: { at: new Date(instant) },
  });
});

test.each(rejectedTimes)('%o rejects %s as %s', (options, text, code) => {
  const { schema } = defineEvents('t', { columns: { at: timestamp(options) }, roles: { time: 'at' } });
  expect(createRecordCleaner(schema)({ at: text })).toEqual({
    accepted: false,
    reasons: [{ column: 'at', code }],
  });
});
