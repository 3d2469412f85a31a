import { type DerivationName, derivations } from '@headwater/core';
import { defineCommand } from '../command/command.ts';
import { suggestion } from '../command/suggest.ts';
import { UsageError } from '../command/usage-error.ts';
import { tableOptions, targetTable } from '../config/target.ts';

const targets = Object.keys(derivations);
const isTarget = (word: string): word is DerivationName => Object.hasOwn(derivations, word);

/** `headwater derive` */
export const derive = defineCommand({
  name: 'derive',
  description: `Prints what follows from a table's definition. ${Object.entries(derivations)
    .map(([name, { description }]) => `${name}: ${description}.`)
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
  ],
  async run({ words, options, console }) {
    const [target = ''] = words;
    if (!isTarget(target))
      throw new UsageError(
        `No target "${target}". There are: ${targets.join(', ')}.`,
        ...(await suggestion(target, targets)),
      );
    const { schema } = await targetTable(options);
    const text = derivations[target].derive(schema);
    if (options.json) await console.json({ table: schema.name, target, text });
    else await console.write(text);
    return true;
  },
});
