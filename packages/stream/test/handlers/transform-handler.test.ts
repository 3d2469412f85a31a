import { defineEvents, defineLookup, lake, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createTransformHandler } from '../../src/handlers/index.ts';
import { metricList, recordedEvent } from './deliver.ts';
import { shop } from './shop-table.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const textOf = (data = ''): string => Buffer.from(data, 'base64').toString();
const good =
  '{"event_time":"2026-01-31T23:59:58Z","event_type":"view","product_id":41,"price":12.5,"user_id":7,"session_id":"s"}';

/** An event of Firehose with a record for each text. */
const firehose = (texts: readonly string[]) => ({
  ...recordedEvent('firehose'),
  records: texts.map((text, index) => ({
    recordId: `record-${index}`,
    approximateArrivalTimestamp: 1769904000000 + index,
    data: base64(text),
  })),
});

test('a recorded event: clean lines with the day of their time, and bad records as they came', async () => {
  const metrics = metricList();
  const lines: unknown[] = [];
  const log = (message: string, fields: object) => void lines.push({ message, ...fields });
  const logger = { info: log, warn: log, error: log };
  const handler = createTransformHandler(shop, { metrics, logger, now: () => 1769904000_513 });
  const event = recordedEvent('firehose');
  const { records } = await handler(event);
  expect(records.map(({ recordId }) => recordId)).toEqual(
    event.records.map(({ recordId }: { recordId: string }) => recordId),
  );
  expect(records.map(({ result, metadata }) => [result, metadata?.partitionKeys])).toEqual([
    ['Ok', { dt: '2026-01-31' }],
    ['ProcessingFailed', undefined],
    ['Ok', { dt: '2026-02-01' }],
    ['ProcessingFailed', undefined],
  ]);
  expect(textOf(records[0]?.data)).toBe(
    '{"event_time":"2026-01-31T23:59:58.250Z","event_type":"view","product_id":41,"price":12.50,"user_id":7,"session_id":"s-1"}\n',
  );
  expect(records[1]?.data).toBe(event.records[1].data);
  expect(metrics.published).toEqual([
    { Records: 4, Transformed: 2, Filtered: 0, Failed: 2, Uncarried: 0, ArrivalAge: 2000 },
  ]);
  expect(lines).toEqual([
    { message: 'Records failed', count: 2, uncarried: 0, reasons: { 'price:not_a_decimal': 1, not_json: 1 } },
  ]);
});

test('records that the source leaves out are dropped', async () => {
  const clicks = defineEvents('clicks', {
    columns: { at: timestamp(), kind: z.string() },
    roles: { time: 'at' },
    sources: { web: { where: { kind: 'view' } } },
  });
  const handler = createTransformHandler(clicks, { source: 'web' });
  const { records } = await handler(firehose(['{"at":"2026-01-31","kind":"ping"}']));
  expect(records).toEqual([{ recordId: 'record-0', result: 'Dropped' }]);
});

test('lookups are left to whoever adopts the files', async () => {
  const pages = defineLookup('pages', { key: 'page_id', columns: { page_name: z.string() }, none: 'refuse' });
  const events = defineEvents('events', {
    columns: {
      at: timestamp(),
      page_id: z.string(),
      page_name: z.string().register(lake, { lookup: 'page.page_name' }),
    },
    roles: { time: 'at' },
    lookups: { page: { table: pages, on: 'page_id' } },
  });
  const { records } = await createTransformHandler(events)(
    firehose(['{"at":"2026-01-31 00:00:00","page_id":"1"}']),
  );
  expect(textOf(records[0]?.data)).toBe('{"at":"2026-01-31T00:00:00.000Z","page_id":"1"}\n');
});

test('a time that the files of Firehose cannot hold is left to whoever adopts the files', async () => {
  const metrics = metricList();
  const early = good.replace('2026-01-31', '1677-01-31');
  const { records } = await createTransformHandler(shop, { metrics })(firehose([early, good]));
  expect(records.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Ok']);
  expect(textOf(records[0]?.data)).toBe(early);
  expect(metrics.published).toMatchObject([{ Failed: 1, Uncarried: 1, Transformed: 1 }]);
});

test('an event of another kind is refused', async () => {
  await expect(createTransformHandler(shop)(recordedEvent('kinesis'))).rejects.toMatchObject({
    code: 'DELIVERY_INVALID',
  });
});

test('every record is answered once, within the limit, with what it came with or its line', async () => {
  // The clean line of a bare price is longer than the record, so good records may not fit.
  const texts = fc.array(fc.constantFrom(good, good.replace('12.5', '?'), '{}', 'x'.repeat(500)), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(texts, fc.double({ min: 1, max: 1.4, noNaN: true }), async (some, ratio) => {
      const event = firehose(some);
      // The records as they came always fit: Lambda has the same limit for them.
      const maxResponseBytes = Math.ceil(JSON.stringify(event.records).length * ratio) + 100;
      const metrics = metricList();
      const { records } = await createTransformHandler(shop, { maxResponseBytes, metrics })(event);
      expect(JSON.stringify({ records }).length).toBeLessThanOrEqual(maxResponseBytes);
      expect(records.map(({ recordId }) => recordId)).toEqual(some.map((_, index) => `record-${index}`));
      for (const [index, { result, data }] of records.entries()) {
        if (result === 'Ok') expect(textOf(data)).toContain('"price":12.50');
        else expect(textOf(data)).toBe(some[index]);
      }
      const uncarried = records.filter(
        ({ result }, index) => result === 'ProcessingFailed' && some[index] === good,
      );
      expect(metrics.published[0]).toMatchObject({ Records: some.length, Uncarried: uncarried.length });
    }),
    { numRuns: 100 },
  );
});

test('good records that do not fit fail as they came, and smaller ones after them still fit', async () => {
  const event = firehose([good, good]);
  const complete = await createTransformHandler(shop)(event);
  const maxResponseBytes = JSON.stringify(complete).length - 1;
  const { records } = await createTransformHandler(shop, { maxResponseBytes })(event);
  expect(records.map(({ result }) => result)).toEqual(['Ok', 'ProcessingFailed']);
  expect(textOf(records[1]?.data)).toBe(good);
});
