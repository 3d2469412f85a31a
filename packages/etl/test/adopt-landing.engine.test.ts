import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsTarget, deriveTrinoDdl, streamPlace } from '@headwater/core';
import { trinoRows, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, test } from 'vitest';
import { adoptLanding, verifyLake } from '../src/index.ts';
import { temporaryFolder } from './events-fixture.ts';
import { clicks, events } from './hive/landed-events.ts';

const aws = useAwsSandbox('adopt');
const client = new S3Client();
afterAll(() => client.destroy());

/** The day in whose folder the file is. */
const dt = '2020-02-29';

test('a landing folder on S3 is adopted once; Trino reads the same events there and in the lake', async () => {
  const target = awsTarget({
    ...{ region: 'us-east-1', account: '123456789012', database: aws.database, location: aws.location },
    ...{ firstDay: '1677-09-21', lastDay: '2262-04-11' },
    stream: {
      name: 'clicks',
      sessionsTable: 'sessions',
      deliveryStream: 'to-s3',
      transform: 'arn:aws:lambda:us-east-1:123456789012:function:clean',
    },
  });
  const { files, errors, landing } = streamPlace('clicks', target);
  const put = (place: string, Body: string | Buffer) =>
    client.send(
      new PutObjectCommand({ Bucket: aws.bucket, Key: place.replace(`s3://${aws.bucket}/`, ''), Body }),
    );
  const name = 'to-s3-1-2020-02-29-23-59-59-0b0c1f9e';
  await put(
    `${files}dt=${dt}/${name}.parquet`,
    await readFile(join(import.meta.dirname, 'hive', 'cleaned.parquet')),
  );
  const record = Buffer.from('{"at":"2020-03-01T00:00:00.000Z","kind":"sell","user_id":2}').toString(
    'base64',
  );
  await put(`${errors}processing-failed/dt=${dt}/${name}`, `${JSON.stringify({ rawData: record })}\n`);

  const options = {
    table: clicks,
    lake: aws.location,
    aws: target,
    landing,
    workFolder: await temporaryFolder(),
  };
  expect(await adoptLanding(options)).toMatchObject({ rowsIn: 10, rowsOut: 9, quarantined: 1 });
  const again = await adoptLanding(options);
  expect(again).toMatchObject({ rowsIn: 0, rowsOut: 0 });
  // Known by its ETag: no byte of it was read.
  expect(again.parts.map(({ report: { inputs } }) => inputs.map(({ skipped }) => skipped))).toEqual([
    [true],
    [true],
  ]);
  expect(await verifyLake({ table: clicks, lake: aws.location, aws: target })).toMatchObject({
    problems: [],
  });

  // A table projects a million days at most, so Trino reads those of a writer that counts nanoseconds.
  const projected = events.filter(({ at }) => at < '2263');
  const answers = [];
  for (const layer of ['stream', 'curated'] as const) {
    await trinoRows(deriveTrinoDdl(clicks.schema, target, { layer }));
    const [table, days] =
      layer === 'stream' ? ['clicks__stream', [dt]] : ['clicks', projected.map(({ at }) => at.slice(0, 10))];
    answers.push(
      await trinoRows(
        `SELECT to_unixtime(at), user_id, price, cast(rate AS varchar), share, gift, cast("day" AS varchar), note
         FROM ${table} WHERE dt IN (${days.map((day) => `'${day}'`).join(', ')}) AND at < TIMESTAMP '2263-01-01 00:00:00' ORDER BY at`,
        aws.database,
      ),
    );
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[1]?.map(([seconds]) => Math.round(Number(seconds) * 1000))).toEqual(
    projected.map(({ at }) => Date.parse(at)),
  );
});
