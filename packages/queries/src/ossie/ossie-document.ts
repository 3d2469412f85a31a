import { HeadwaterError } from '@headwater/core';
import { z } from 'zod';

/*
 * The part of Apache Ossie's form that is written here, with the rules of its own schema: which members there are, which are
 * required, and that there are no others (https://github.com/apache/ossie/blob/main/core-spec/ossie-schema.json, version 0.2.0.dev0).
 * A document is one model; earlier ones had a list of them.
 */

/** The version of the specification that documents are written in. */
export const ossieVersion = '0.2.0.dev0';

const extension = z.strictObject({ vendor_name: z.string(), data: z.string() });
const context = z.union([
  z.string(),
  z.looseObject({
    instructions: z.string().optional(),
    synonyms: z.array(z.string()).optional(),
    examples: z.array(z.string()).optional(),
  }),
]);
const expression = z.strictObject({
  dialects: z
    .array(
      z.strictObject({
        dialect: z.enum(['ANSI_SQL', 'SNOWFLAKE', 'MDX', 'TABLEAU', 'DATABRICKS', 'MAQL', 'BIGQUERY']),
        expression: z.string(),
      }),
    )
    .min(1),
});
const datatype = z.enum([
  'String',
  'Integer',
  'Decimal',
  'Float',
  'Boolean',
  'Date',
  'Time',
  'DateTime',
  'DateTimeTz',
  'Opaque',
]);
const words = {
  description: z.string().optional(),
  ai_context: context.optional(),
  custom_extensions: z.array(extension).optional(),
};
const field = z.strictObject({
  name: z.string(),
  expression,
  dimension: z.strictObject({ is_time: z.boolean().optional() }).optional(),
  label: z.string().optional(),
  datatype: datatype.optional(),
  ...words,
});
const dataset = z.strictObject({
  name: z.string(),
  source: z.string(),
  primary_key: z.array(z.string()).optional(),
  unique_keys: z.array(z.array(z.string())).optional(),
  fields: z.array(field).optional(),
  ...words,
});
const relationship = z.strictObject({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  from_columns: z.array(z.string()).min(1),
  to_columns: z.array(z.string()).min(1),
  ai_context: context.optional(),
  custom_extensions: z.array(extension).optional(),
});
const metric = z.strictObject({ name: z.string(), expression, datatype: datatype.optional(), ...words });
const document = z.strictObject({
  version: z.literal(ossieVersion),
  name: z.string(),
  datasets: z.array(dataset).min(1),
  relationships: z.array(relationship).optional(),
  metrics: z.array(metric).optional(),
  ...words,
});

/** A semantic model as Apache Ossie writes it. */
export type OssieDocument = z.output<typeof document>;
export type OssieDataset = z.output<typeof dataset>;
export type OssieField = z.output<typeof field>;
export type OssieMetric = z.output<typeof metric>;
export type OssieDatatype = z.output<typeof datatype>;

/**
 * Reads a document that was parsed from YAML or JSON: its form, that names are there once, and that metrics and relationships
 * name datasets and fields that are there.
 *
 * @throws HeadwaterError `OPTION_INVALID`, which names the member
 */
export function readOssie(given: unknown): OssieDocument {
  const read = document.safeParse(given);
  if (!read.success)
    throw wrong(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { datasets, relationships = [], metrics = [] } = read.data;
  assertOnce('datasets', datasets);
  assertOnce('metrics', metrics);
  assertOnce('relationships', relationships);
  const fields = new Map(
    datasets.map(({ name, fields: own = [] }) => [name, assertOnce(`${name}.fields`, own)]),
  );
  for (const { name, from, to } of relationships)
    for (const one of [from, to])
      if (!fields.has(one)) throw wrong(`relationships.${name}: no dataset ${one}`);
  for (const {
    name,
    expression: { dialects },
  } of metrics)
    for (const { expression: text } of dialects)
      for (const [, of = '', one = ''] of text.matchAll(/\b([a-z_]\w*)\.([a-z_]\w*)\b/gi))
        if (!fields.get(of)?.has(one)) throw wrong(`metrics.${name}: no field ${of}.${one}`);
  return read.data;
}

function assertOnce(where: string, list: readonly { readonly name: string }[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name } of list) {
    if (names.has(name)) throw wrong(`${where}: ${name} is there twice`);
    names.add(name);
  }
  return names;
}

const wrong = (problem: string): HeadwaterError =>
  new HeadwaterError('OPTION_INVALID', {
    option: 'document',
    value: `(${problem})`,
    expected: `Apache Ossie ${ossieVersion}`,
  });
