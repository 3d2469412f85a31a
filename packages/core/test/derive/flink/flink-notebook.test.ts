import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, deriveFlinkNotebook, timestamp } from '../../../src/index.ts';
import { byKind, everyKind } from '../aws-tables.ts';
import { shopEvents } from '../shop-events.ts';

const source = { connector: 'kinesis-legacy', stream: 'clicks', region: 'eu-central-1' } as const;
const notebook = deriveFlinkNotebook(shopEvents.schema, { source });

test('has a paragraph for each question, after those of the stream and its views', () => {
  expect(notebook.paragraphs.map(({ title }) => title)).toEqual([
    'shop_events',
    'Settings',
    'shop_events',
    'shop_events_clean',
    'shop_events_events',
    'shop_events_in_sessions',
    'Events, visitors and revenue by minute',
    'Abandoned carts',
    'Steps in their order',
    'Actors with too many actions',
    'Minutes with far too many events',
  ]);
  expect(new Set(notebook.paragraphs.map(({ id }) => id)).size).toBe(notebook.paragraphs.length);
});

test('each paragraph is for an interpreter, and answers are shown and not written', () => {
  for (const { text, config } of notebook.paragraphs) {
    expect(text).toMatch(/^%(md|flink\.ssql(\(type=update, refreshInterval=\d+\))?)\n/);
    expect(text).not.toContain('INSERT INTO');
    expect(config).toHaveProperty('editorMode');
  }
});

test('has the former options of the connector and the former session window', () => {
  const text = notebook.paragraphs.map((paragraph) => paragraph.text).join('\n');
  expect(text).toContain("'scan.stream.initpos' = 'LATEST'");
  expect(text).not.toContain('stream.arn');
  expect(text).toContain("GROUP BY SESSION(`event_time`, INTERVAL '30' MINUTE), `user_session`");
  expect(text).not.toContain('TABLE(SESSION(');
});

test('has an id in the form of Zeppelin, by the name of the table', () => {
  const ids = [shopEvents, everyKind, byKind].map(({ schema }) => deriveFlinkNotebook(schema, { source }).id);
  for (const id of ids) expect(id).toMatch(/^2[0-9A-Z]{8}$/);
  expect(new Set(ids).size).toBe(3);
  expect(deriveFlinkNotebook(shopEvents.schema, { source })).toEqual(notebook);
});

test('says where its answers differ', () => {
  expect(notebook.paragraphs[0]?.text).toContain(
    '- `funnel`: Events have to come in the order of the steps.',
  );
});

test('reads by the connector of Studio alone', () => {
  const streamArn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks';
  for (const wrong of [{ connector: 'kinesis', streamArn }, undefined])
    expect(() => deriveFlinkNotebook(shopEvents.schema, { source: Object(wrong) })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('kinesis-legacy') }),
    );
});

test('has no text that Zeppelin takes for a form', () => {
  const { schema } = defineEvents('clicks', {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form of Zeppelin
    description: 'Of ${shop}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form of Zeppelin
    columns: { at: timestamp(), kind: z.enum(["it's ${kind}", 'view']) },
    roles: { time: 'at' },
  });
  const text = deriveFlinkNotebook(schema, { source })
    .paragraphs.map((paragraph) => paragraph.text)
    .join('\n');
  expect(text).not.toContain('$' + '{');
  expect(text).toContain("IN ('it''s $' || '{kind}', 'view')");
});
