import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, deriveDataDictionary, timestamp } from '../../src/index.ts';
import { parseSnapshot, sessionText, snapshotText } from '../../src/internal.ts';

const columns = { at: timestamp(), who: z.string(), visit: z.int64().optional() };
const byId = defineEvents('visits', { columns, roles: { time: 'at', session: 'visit' } });
const byPair = defineEvents('visits', {
  columns,
  roles: { time: 'at', actor: 'who', session: ['who', 'visit'] },
  sessions: { longest: '1h' },
});
const derived = defineEvents('visits', {
  columns,
  roles: { time: 'at', actor: 'who' },
  sessions: { inactivity: '30m' },
  zone: 'Asia/Shanghai',
});

test('the rule in the schema: only what differs from the default', () => {
  expect(byId.schema.sessions).toBeUndefined();
  expect(byPair.schema).toMatchObject({
    roles: { session: 'visit' },
    sessions: { longest: 3_600_000, within: 'who' },
  });
  expect(derived.schema.sessions).toEqual({ inactivity: 1_800_000, within: 'who' });
  expect(derived.schema.roles).not.toHaveProperty('session');
  expect([byPair.derivedRoles, derived.derivedRoles]).toEqual([[], ['session']]);
  const within = defineEvents('visits', {
    columns,
    roles: { time: 'at', actor: 'who' },
    sessions: { within: 'actor' },
  });
  expect(within.schema.sessions).toEqual(derived.schema.sessions);
});

test('the rule in words', () => {
  expect([byId, byPair, derived].map(({ schema }) => sessionText(schema))).toEqual([
    'by visit; 24 hours without an event end one, and it lasts 24 hours at most',
    'by who and visit; 1 hour without an event end one, and it lasts 1 hour at most',
    'by who; 30 minutes without an event end one, and it lasts 24 hours at most',
  ]);
  const dictionary = deriveDataDictionary(derived.schema);
  expect(dictionary).toContain('- Sessions: by `who`; 30 minutes without an event');
  expect(dictionary).toContain('- Time zone of answers: `Asia/Shanghai`.');
  expect(deriveDataDictionary(byId.schema)).not.toMatch(/- Sessions|- Time zone/);
});

test('a snapshot keeps the rule and the zone', () => {
  for (const { schema } of [byId, byPair, derived]) {
    const text = snapshotText({ layout: 1, table: schema.name, number: 1, version: '1.0.0', schema });
    expect(parseSnapshot(text, '1.json').schema).toEqual(schema);
  }
});
