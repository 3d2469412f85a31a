import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  defineEvents,
  deriveAthenaDdl,
  deriveGlueTable,
  deriveTrinoDdl,
  timestamp,
} from '../../src/index.ts';
import { layerTable, projectedPartitions, rollupTable } from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';

const { schema } = defineEvents('t', {
  columns: { at: timestamp(), kind: z.enum(['view', 'cart']) },
  roles: { time: 'at' },
  partitionBy: { columns: ['kind'] },
});
const target = { ...testTarget, lastDay: '2019-10-31' };
const quarantine = { layer: 'quarantine' } as const;

test('the projected days end at the last day, in Glue and in both DDLs', () => {
  expect(deriveGlueTable(schema, target).Parameters['projection.dt.range']).toBe('2019-10-01,2019-10-31');
  expect(deriveAthenaDdl(schema, target)).toContain(`'projection.dt.range' = '2019-10-01,2019-10-31'`);
  expect(deriveTrinoDdl(schema, target)).toContain(
    `partition_projection_range = ARRAY['2019-10-01', '2019-10-31']`,
  );
  expect(deriveGlueTable(schema, testTarget).Parameters['projection.dt.range']).toBe('2019-10-01,NOW+1DAYS');
});

test('a rollup ends there too, and rejected rows go on to tomorrow, as runs do', () => {
  const rollup = rollupTable(
    't',
    { metric: 'visitors', description: '', dimensions: [], measures: [] },
    target,
  );
  expect(rollup.keys[0]?.projection).toMatchObject({ range: ['2019-10-01', '2019-10-31'] });
  expect(deriveGlueTable(schema, target, quarantine)).toEqual(
    deriveGlueTable(schema, testTarget, quarantine),
  );
});

test('partitions are counted to the last day', () => {
  expect(projectedPartitions(layerTable(schema, target, {}))).toBe(31 * 2);
});
