import { type AwsDerivation, type AwsDerivationName, awsDerivations } from '@headwater/core';
import { byteSize, tableLayers } from '@headwater/core/internal';
import { type Command, defineCommand } from '../command-line/command.ts';
import { choice } from '../command-line/option.ts';
import { awsOf, tableOptions, targetConfig } from '../config/target.ts';

const layerOption = {
  layer: choice('LAYER', tableLayers, 'Which of its tables: curated, the clean events, when not given'),
};

/** `headwater derive <target>` for a target that needs to know where the table lives on AWS. */
export function deriveAws(name: AwsDerivationName): Command {
  const derivation: AwsDerivation = awsDerivations[name];
  const { description, hasLayers, command } = derivation;
  return defineCommand({
    name: `derive ${name}`,
    description: `${description}. Where the table lives is said by \`aws\` in the config.`,
    words: { usage: '', least: 1, most: 1 },
    options: { ...tableOptions, ...(hasLayers ? layerOption : {}) },
    examples: [
      [`derive ${name}`, 'The first table of the config'],
      ...(hasLayers ? [[`derive ${name} --layer quarantine`, 'The table of refused rows'] as const] : []),
      ...(command.endsWith('json')
        ? [[`derive ${name} > ${name}.json && ${command} file://${name}.json`, 'Apply it by hand'] as const]
        : []),
    ],
    async run({ options, console }) {
      const { config, table } = await targetConfig(options);
      // The options of a target differ, so its layer is known by name only.
      const layer = tableLayers.find((one) => one === Object(options)['layer']);
      const { maxScan } = config;
      const text = derivation.derive(table.schema, awsOf(config), {
        layer,
        ...(maxScan === undefined ? {} : { maxScan: byteSize('maxScan', maxScan) }),
      });
      if (options.json) await console.json({ table: table.name, target: name, text });
      else await console.write(text);
      return true;
    },
  });
}
