import { fileSchema } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { fileBeginnings } from '../src/input/identify-input.ts';
import { namedFormat } from '../src/input/input-file.ts';
import { sparkPlan } from '../src/load/spark/spark-plan.ts';
import { events } from './events-table.ts';

const planOf = (more: Partial<Parameters<typeof sparkPlan>[2]> = {}) =>
  sparkPlan(events.schema, fileSchema(events.schema, undefined), {
    inputs: [],
    targetBytes: 1e8,
    maxQuarantine: 0.5,
    ...more,
  });

test('a plan with a key encrypts what Spark writes, and one without says nothing about it', () => {
  const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
  const { kmsKey: own, settings } = planOf({ kmsKey });
  expect(own).toBe(kmsKey);
  expect(settings).toMatchObject({
    'spark.hadoop.fs.s3a.encryption.algorithm': 'SSE-KMS',
    'spark.hadoop.fs.s3a.encryption.key': kmsKey,
  });
  const without = planOf();
  expect(without.kmsKey).toBeUndefined();
  expect(Object.keys(without.settings).filter((name) => name.includes('encryption'))).toEqual([]);
});

test('a plan has the tables by which this machine reads names and first bytes', () => {
  const { named, beginnings } = planOf();
  for (const [ending, format] of Object.entries(named.formats))
    for (const [packing, compression] of Object.entries(named.compressions))
      expect(namedFormat(`a${ending}${packing}`)).toEqual({ format, compression });
  expect(JSON.parse(JSON.stringify(beginnings))).toEqual(fileBeginnings);
});
