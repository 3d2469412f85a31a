import { defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { handlersOfTable, watchedThresholds } from '../src/index.ts';
import { shop } from './handlers/shop-table.ts';

const bare = defineEvents('pings', { columns: { at: timestamp(), host: z.string() }, roles: { time: 'at' } });

test('a table has the handlers that it has roles and actions for', () => {
  expect(handlersOfTable(shop.schema)).toEqual(['sessions', 'reminders', 'alerts', 'recommend']);
  expect(handlersOfTable(bare.schema)).toEqual(['sessions']);
  expect(watchedThresholds(bare.schema, {})).toEqual([]);
});

test('the config turns handlers off, and detection on', () => {
  expect(handlersOfTable(shop.schema, { detection: {} })).toContain('detect');
  expect(handlersOfTable(shop.schema, { thresholds: [] })).not.toContain('alerts');
  const reminders = { abandonedCart: false, viewedTogether: false } as const;
  expect(handlersOfTable(shop.schema, { reminders })).toEqual(['sessions', 'alerts']);
  const thresholds = [{ kind: 'rush', of: 'site', moreThan: 10, within: 60 }] as const;
  expect(handlersOfTable(bare.schema, { thresholds })).toEqual(['sessions', 'alerts']);
});
