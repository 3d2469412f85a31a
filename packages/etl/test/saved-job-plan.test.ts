import { defineEvents, timestamp } from '@headwater/core';
import { schemaFingerprint } from '@headwater/core/internal';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { savedJobPlan } from '../src/load/spark/saved-job-plan.ts';

const table = (columns: Record<string, z.ZodType>) =>
  defineEvents('visits', {
    columns: { at: timestamp(), ...columns } as { at: ReturnType<typeof timestamp> },
    roles: { time: 'at' },
  }).schema;
const first = table({ page: z.string() });
const second = table({ page: z.string(), seconds: z.int32().optional() });
const other = table({ page: z.int64() });
const lake = 's3://shop-lake/events';
const fits = (schema: typeof first, versions: (typeof first)[]) =>
  savedJobPlan(schema, { lake, versions }).manifest.fits.map(({ fingerprint }) => fingerprint);

describe('the plan of a job that is made without its lake', () => {
  test('has what to read and where to commit, and no inputs', () => {
    const plan = savedJobPlan(first, { lake, versions: [], kmsKey: 'arn:aws:kms:eu-central-1:1:key/a' });
    expect(plan).toMatchObject({ table: 'visits', lake, inputs: [], lookups: [] });
    expect(plan.settings['spark.hadoop.fs.s3a.encryption.key']).toBe('arn:aws:kms:eu-central-1:1:key/a');
    expect(plan.manifest).toMatchObject({ allowed: [], isWholeTable: false });
  });

  test('is the same bytes each time', () => {
    const text = () => JSON.stringify(savedJobPlan(second, { lake, versions: [first, second] }));
    expect(text()).toBe(text());
  });

  test('takes files of saved versions that fit, each once, and of no other definition', () => {
    expect(fits(second, [first, second])).toEqual([first, second].map(schemaFingerprint));
    expect(fits(first, [])).toEqual([schemaFingerprint(first)]);
    expect(fits(other, [first, second])).toEqual([schemaFingerprint(other)]);
  });
});
