import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, lake, timestamp } from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

/** The message that a definition in plain JavaScript is refused with. */
const messageOf = (config: unknown): string =>
  refusal(() => defineEvents('events', config as Parameters<typeof defineEvents>[1])).message;

const at = timestamp();
const base = { columns: { at, kind: z.enum(['view', 'cart']) }, roles: { time: 'at' } };

// Each of these would be left out silently, and the answers would be those of another definition.
test.each<[string, unknown, string]>([
  ['timezone', { ...base, timezone: 'Asia/Tokyo' }, 'events: the definition has "timezone". Expected one of'],
  ['a rule as a text', { ...base, duplicates: 'all' }, 'duplicates is not an object. Write it as { ... }'],
  ['a rule of another name', { ...base, duplicates: { kep: 'all' } }, 'duplicates has "kep"'],
  ['folders as a list', { ...base, partitionBy: ['kind'] }, 'partitionBy is not an object'],
  ['folders of another name', { ...base, partitionBy: { column: 'kind' } }, 'partitionBy has "column"'],
  ['a text in place of columns', { ...base, partitionBy: { columns: 'kind' } }, 'columns is not a list'],
  ['hours as a text', { ...base, partitionBy: { hour: 'no' } }, 'hour is not true or false'],
  ['a key as a text', { ...base, duplicateKey: 'at' }, 'duplicateKey is not a list'],
  ['actions as a list', { ...base, actions: [] }, 'actions is not an object'],
  ['a source of nothing', { ...base, sources: { buys: null } }, 'sources.buys is not an object'],
  ['a lookup of another word', { ...base, lookups: { page: { by: 'kind' } } }, 'lookups.page has "by"'],
  ['no definition', undefined, 'the definition is not an object'],
  ['no columns', { roles: base.roles }, 'the definition has no columns'],
  ['no roles', { columns: base.columns }, 'the definition has no roles'],
  ['no time', { ...base, roles: {} }, 'no column has the role time'],
  ['an inherited name', { ...base, constructor: 'x' }, 'the definition has "constructor"'],
])('a definition with %s is refused', (_what, config, message) => {
  expect(messageOf(config)).toContain(message);
});

test.each<[string, object, string]>([
  ['a word of another name', { alias: ['x'] }, 'events.v: its metadata has "alias". Expected one of'],
  ['an alias as a text', { aliases: 'x' }, 'events.v: aliases is not a list. Write it as [...]'],
  ['an alias that is a number', { aliases: [1] }, 'events.v: an alias is not a text'],
  ['an unknown class', { pii: 'yes' }, 'pii is "yes". Expected one of none, pseudonymous, direct'],
  ['a step as a text', { clean: 'trim' }, 'events.v: clean is not a list'],
])('metadata with %s is refused', (_what, metadata, message) => {
  const v = z.string().register(lake, metadata);
  expect(messageOf({ columns: { at, v }, roles: { time: 'at' } })).toContain(message);
});

test('a column that is not a zod type is refused', () => {
  const roles = { time: 'at' };
  expect(messageOf({ columns: { at: timestamp }, roles })).toContain('events.at: is a function');
  expect(messageOf({ columns: { at, v: 'text' }, roles })).toContain('events.v: is not a zod type');
});
