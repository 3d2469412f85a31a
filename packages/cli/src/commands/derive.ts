import { type Derivation, type DerivationName, derivations } from '@headwater/core';
import { describeOptions } from '@headwater/core/internal';
import { type Command, defineCommand } from '../command-line/command.ts';
import { describedOptions, describedValues } from '../command-line/described-options.ts';
import { suggestion } from '../command-line/suggest.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { awsOf, chosenConfig, tableOptions } from '../config/chosen-lake.ts';

const names = Object.keys(derivations) as DerivationName[];
/** Besides those of a table alone: what follows from a table and its metrics, which core does not know. */
const ofMetrics = {
  ossie: 'The table and its metrics as a semantic model of Apache Ossie, as YAML',
  quicksight: 'A dashboard of the table on QuickSight, as the requests that create it',
} as const;
const targets: readonly string[] = [...names, ...Object.keys(ofMetrics)];

/** Loaded when a derivation needs metrics: they bring the engines' query builder. */
const metricsModule = () => import('../config/project-metrics.ts');

/** `headwater derive <target>`: its options are those of the derivation. */
export async function deriveFor(argv: readonly string[]): Promise<Command> {
  if (argv.includes('ossie')) return (await import('./derive-ossie.ts')).deriveOssie;
  if (argv.includes('quicksight')) return (await import('./derive-quicksight.ts')).deriveQuickSightCommand;
  const name = names.find((one) => argv.includes(one));
  return name === undefined ? deriveAny : deriveOne(name, derivations[name], argv);
}

/** The command without a target: for its help, and for the completion of targets. */
const deriveAny = defineCommand({
  name: 'derive',
  description: `Prints what follows from a table's definition. ${[
    ...names.map((name) => `${name}: ${derivations[name].description}.`),
    ...Object.entries(ofMetrics).map(([name, description]) => `${name}: ${description}.`),
  ].join(' ')}`,
  words: {
    usage: '<target>',
    least: 1,
    most: 1,
    missing: `a target: ${targets.join(', ')}`,
    choices: targets,
  },
  options: tableOptions,
  examples: [
    ['derive json-schema > clickstream.schema.json', 'For producers of events'],
    ['derive data-dictionary > clickstream.md', 'For people'],
    ['derive glue-table', 'For AWS; derive glue-table --help has more'],
  ],
  async run({ words: [target = ''] }) {
    throw new UsageError(
      `No target "${target}". There are: ${targets.join(', ')}.`,
      ...(await suggestion(target, targets)),
    );
  },
});

async function deriveOne(
  name: DerivationName,
  derivation: Derivation,
  argv: readonly string[],
): Promise<Command> {
  const { description, details, needs, command } = derivation;
  // Metrics load what they are made of, so only what needs them does.
  const known = needs === 'metrics' ? await (await metricsModule()).knownMetrics(argv) : {};
  const isTaken = (metric: string): boolean => {
    const found = known[metric];
    return found !== undefined && (derivation.takesMetric?.(found) ?? true);
  };
  const described = describeOptions(derivation.options).map((option) =>
    option.name === 'metric' ? { ...option, values: Object.keys(known).filter(isTaken) } : option,
  );
  const examples = derivation.examples ?? [['', 'The first table of the config']];
  const [lastOptions = ''] = examples.at(-1) ?? [];
  const called = (options: string) => `derive ${name} ${options}`.trim();
  return defineCommand({
    name: `derive ${name}`,
    description: [
      `${description}.`,
      ...(details ? [details] : []),
      ...(needs === 'schema' ? [] : ['Needs `aws` in the config: the place of the tables on AWS.']),
    ].join(' '),
    words: { usage: '', least: 1, most: 1 },
    options: { ...describedOptions(described), ...tableOptions },
    examples: [
      ...examples.map(([options, use]) => [called(options), use] as const),
      ...(command
        ? [
            [
              `${called(lastOptions)} > ${name}.json && ${command} file://${name}.json`,
              'Apply it with the AWS command line',
            ] as const,
          ]
        : []),
    ],
    async run({ options }) {
      const given = describedValues(described, Object(options));
      const read = (values: object) => {
        const parsed = derivation.options.safeParse(values);
        if (parsed.success) return parsed.data;
        throw new UsageError(`headwater derive ${name} ${parsed.error.issues[0]?.message}.`);
      };
      read(given);
      const { config, table } = await chosenConfig(options);
      const {
        text,
        reasons,
        data: answer,
      } = derivation.derive(
        {
          schema: table.schema,
          ...(needs === 'schema' ? {} : { target: awsOf(config) }),
          tables: (options.table === undefined ? config.tables : [table]).map(({ schema }) => schema),
          metrics: needs === 'metrics' ? (await metricsModule()).metricsIn(config) : {},
        },
        read({ maxScan: config.maxScan, ...given }),
      );
      const data = reasons
        ? { target: name, policy: JSON.parse(text), reasons }
        : { table: table.name, target: name, ...(answer ?? { text }) };
      return { data, text, reasons };
    },
    async print({ text, reasons = {} }, console) {
      await console.write(text);
      for (const [part, reason] of Object.entries(reasons)) console.note(`${part}: ${reason}`);
    },
  });
}
