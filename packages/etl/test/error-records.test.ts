import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { writeErrorRecords } from '../src/input/error-records.ts';
import { temporaryFolder } from './events-fixture.ts';

const document = (record: string | Buffer, more: object = {}): string =>
  JSON.stringify({
    attemptsMade: 1,
    arrivalTimestamp: 1582934400000,
    lastErrorCode: 'DataFormatConversion.MalformedData',
    lastErrorMessage: 'Data does not match the schema. {"a":"}"}',
    attemptEndingTimestamp: 1582934400000,
    rawData: Buffer.from(record).toString('base64'),
    ...more,
  });

async function recordsIn(errors: string | Buffer, compression: 'none' | 'gzip' = 'none'): Promise<Buffer> {
  const folder = await temporaryFolder();
  const path = join(folder, 'errors');
  await writeFile(path, errors);
  await writeErrorRecords({ path, compression }, join(folder, 'records'));
  return readFile(join(folder, 'records'));
}
const lines = async (...given: Parameters<typeof recordsIn>): Promise<string[]> =>
  (await recordsIn(...given)).toString('utf8').split('\n').slice(0, -1);

test('every record is a line, in order, without the delimiter of its producer', async () => {
  const errors = [document('{"a":1}\n'), document('{"a":"à"}'), document('{"a":2}\r\n')].join('\n');
  const expected = ['{"a":1}', '{"a":"à"}', '{"a":2}'];
  expect(await lines(errors)).toEqual(expected);
  expect(await lines(`${errors}\n`)).toEqual(expected);
  expect(await lines(gzipSync(errors), 'gzip')).toEqual(expected);
});

test('a document over several lines is one record, and several documents are several', async () => {
  expect(await lines(document('{\n  "a": 1\r\n}\n'))).toEqual(['{   "a": 1  }']);
  expect(await lines(document('{"a":1}\n{"a":2}\n'))).toEqual(['{"a":1}', '{"a":2}']);
});

test('documents without a line end between them are taken apart', async () => {
  expect(await lines(document('{"a":1}') + document('{"a":2}'))).toEqual(['{"a":1}', '{"a":2}']);
});

test('bytes that are no text stay as they are', async () => {
  const odd = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  expect(await recordsIn(document(odd))).toEqual(Buffer.concat([odd, Buffer.from('\n')]));
});

test.each([
  ['an empty record', document('')],
  ['no record', '{"attemptsMade":1}'],
  ['what is no base64', document('', { rawData: '{"a":1}' })],
  ['what is no JSON', 'access denied'],
  ['another value', '[1]'],
])('%s is a line of its own text, which no table takes, and none is missing', async (_, text) => {
  expect(await lines(`${text}\n${document('{"a":1}')}\n`)).toEqual([text, '{"a":1}']);
});
