import {
  type AwsDerivationName,
  awsDerivations,
  type Derivation,
  type DerivationName,
  derivations,
} from '@headwater/core';
import { type Command, defineCommand } from '../command-line/command.ts';
import { suggestion } from '../command-line/suggest.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { tableOptions, targetTable } from '../config/target.ts';
import { deriveAws } from './derive-aws.ts';

const isPlain = (word: string): word is DerivationName => Object.hasOwn(derivations, word);
const isAws = (word: string): word is AwsDerivationName => Object.hasOwn(awsDerivations, word);

const iamPolicy = 'iam-policy';
const descriptions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries({ ...derivations, ...awsDerivations }).map(([name, { description }]) => [
      name,
      description,
    ]),
  ),
  [iamPolicy]: 'IAM policy of a role or of one metric',
};
const targets = Object.keys(descriptions);

/** `headwater derive <target>`: its options are those of the target that is asked for. */
export async function deriveFor(argv: readonly string[]): Promise<Command> {
  const name = argv.find((word) => targets.includes(word)) ?? '';
  if (isPlain(name)) return derivePlain(name);
  if (isAws(name)) return deriveAws(name);
  // It alone knows metrics, and so loads what they are made of.
  return name === iamPolicy ? (await import('./derive-iam-policy.ts')).deriveIamPolicyCommand : deriveAny;
}

/** The command without a target: for its help, and for the completion of targets. */
const deriveAny = defineCommand({
  name: 'derive',
  description: `Prints what follows from a table's definition. ${Object.entries(descriptions)
    .map(([name, description]) => `${name}: ${description}.`)
    .join(' ')}`,
  words: {
    usage: '<target>',
    least: 1,
    most: 1,
    missing: `a target: ${targets.join(', ')}`,
    choices: targets,
  },
  options: tableOptions,
  examples: [
    ['derive json-schema > clickstream.schema.json', 'For whoever sends events'],
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

function derivePlain(name: DerivationName): Command {
  const derivation: Derivation = derivations[name];
  return defineCommand({
    name: `derive ${name}`,
    description: `${derivation.description}.`,
    words: { usage: '', least: 1, most: 1 },
    options: tableOptions,
    examples: [[`derive ${name}`, 'The first table of the config']],
    async run({ options, console }) {
      const { schema } = await targetTable(options);
      const text = derivation.derive(schema);
      if (options.json) await console.json({ table: schema.name, target: name, text });
      else await console.write(text);
      return true;
    },
  });
}
