import { beforeAll, describe, expect, it } from 'vitest';
import { clickstream } from '../examples/ecommerce/src/clickstream.ts';
import shops from '../examples/shops/headwater.config.ts';
import {
  deriveFlinkJob,
  deriveFlinkNotebook,
  type FlinkConnector,
  type FlinkJob,
  HeadwaterError,
  type TableSchema,
} from '../packages/core/src/index.ts';
import { everyKind } from '../packages/core/test/derive/aws-tables.ts';
import { shopEvents } from '../packages/core/test/derive/shop-events.ts';
import { type FlinkAnswer, useFlink } from '../packages/local-aws/src/testing/index.ts';

const flink = useFlink();

const region = 'eu-central-1';
const inFiles = (name: string): FlinkConnector => ({ connector: 'filesystem', path: `file:///none/${name}` });
const inStreams = (name: string): FlinkConnector => ({
  connector: 'kinesis',
  streamArn: `arn:aws:kinesis:${region}:123456789012:stream/${name}`,
});
const jobOf = (schema: TableSchema, place: (name: string) => FlinkConnector): FlinkJob =>
  deriveFlinkJob(schema, { source: place('events'), sink: (question) => place(`events-${question}`) });

/** Why a table is not derived. Undefined where it is. */
function refusalOf(schema: TableSchema): string | undefined {
  try {
    jobOf(schema, inStreams);
    return undefined;
  } catch (error) {
    if (error instanceof HeadwaterError) return error.code;
    throw error;
  }
}

const examples = [clickstream, ...shops.tables].map(({ schema }) => schema);
const streamed = [...examples.filter((schema) => refusalOf(schema) === undefined), shopEvents.schema];
const jobs = [...streamed, everyKind.schema];

/** What is run for one table; the last ones are explained, and nothing looks for the places of the tables. */
interface Explained {
  readonly what: string;
  readonly statements: readonly string[];
}

const explain = (statement: string): string => `EXPLAIN PLAN FOR ${statement}`;

/** The questions of a job as the one plan that they are. */
function explainedJob(schema: TableSchema): Explained {
  const { statements, inserts } = jobOf(schema, inFiles);
  const set = inserts.map(({ sql }) => `${sql};\n`).join('');
  return {
    what: `job of ${schema.name}`,
    statements: [...statements.map(({ sql }) => sql), `EXPLAIN STATEMENT SET BEGIN\n${set}END`],
  };
}

/** The paragraphs of a notebook, without what Zeppelin and people read. */
function explainedNotebook(schema: TableSchema): Explained {
  const source = { connector: 'kinesis-legacy', stream: 'events', region } as const;
  return {
    what: `notebook of ${schema.name}`,
    statements: deriveFlinkNotebook(schema, { source })
      .paragraphs.filter(({ text }) => text.startsWith('%flink.ssql'))
      .flatMap(({ text }) => text.split('\n').slice(1).join('\n').split(/;\n/))
      .map((statement) => statement.replace(/^(?:\s*--[^\n]*\n)*/, '').trim())
      .filter((statement) => statement !== '')
      .map((statement) => (statement.startsWith('SELECT') ? explain(statement) : statement)),
  };
}

/** The plans of what was explained, in order, by what it belongs to. */
let plans: ReadonlyMap<string, readonly string[]>;

// In one run: each of the plans takes about a second, and a start of Flink takes six.
beforeAll(async () => {
  const all = [...jobs.map(explainedJob), ...streamed.map(explainedNotebook)];
  // A database for each, because they use the same names.
  const scripts = all.map(({ statements }, at) => [`CREATE DATABASE d${at}`, `USE d${at}`, ...statements]);
  const answers: FlinkAnswer[] = [...(await flink.run(scripts.flat()))];
  plans = new Map(
    all.map(({ what }, at) => {
      const printed = answers.splice(0, scripts[at]?.length).map((answer) => answer.printed);
      return [
        what,
        printed.flatMap((text) => /== Optimized Execution Plan ==\n([\s\S]*)/.exec(text)?.[1] ?? []),
      ];
    }),
  );
});

describe('the example definitions', () => {
  it('are streamed, but for those whose records Flink does not read exactly', () => {
    const refusals = examples.map((schema) => [schema.name, refusalOf(schema)] as const);
    expect(Object.fromEntries(refusals.filter(([, code]) => code !== undefined))).toEqual({
      calls: 'STREAM_UNSUPPORTED', // a record has several rows
      ga4: 'STREAM_UNSUPPORTED',
      orders: 'TYPE_UNSUPPORTED', // numbers and times in the spelling of a country
      sales: 'TYPE_UNSUPPORTED',
    });
  });
});

describe('Flink plans', () => {
  it.each(jobs.map(({ name }) => name))('the job of %s, which reads its stream once', (name) => {
    const [plan = '', ...others] = plans.get(`job of ${name}`) ?? [];
    expect(plan.match(/TableSourceScan\(/g)).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it.each(streamed)('each paragraph of the notebook of $name', (schema) => {
    const questions = jobOf(schema, inFiles).inserts.length;
    const found = plans.get(`notebook of ${schema.name}`) ?? [];
    expect(questions).toBeGreaterThan(2);
    expect(found).toHaveLength(questions);
    for (const plan of found) expect(plan).toContain('TableSourceScan(');
  });

  // The connector of Managed Flink 1.20 is not run: its tables are those of files, but for where they are.
  it.each(jobs)('the job of $name over Kinesis by the same SQL', (schema) => {
    const places = ({ statements, inserts }: FlinkJob) =>
      [...statements, ...inserts].map(({ sql }) => sql.replace(/\) WITH \([\s\S]*\)$/, ')'));
    expect(places(jobOf(schema, inStreams))).toEqual(places(jobOf(schema, inFiles)));
  });
});
