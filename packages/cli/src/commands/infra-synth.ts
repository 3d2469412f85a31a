import { relative } from 'node:path';
import { scales } from '@headwater/infra/config';
import type { PlatformPrice, StackPart } from '@headwater/infra/deploy';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, text, withDefault } from '../command-line/option.ts';
import { configOption } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { platformConfig } from '../infra/infra-config.ts';
import { kindsText } from '../infra/kinds-text.ts';
import { byteText, counted } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';

const options = {
  scale: choice('SCALE', scales, 'The size, in place of that in the config', {
    default: "the config's, or small",
  }),
  out: withDefault(text('DIR', 'The folder to write into'), 'cdk.out'),
  ...configOption,
};

interface SynthAnswer extends Answer {
  readonly price: PlatformPrice;
  readonly data: {
    readonly stack: string;
    readonly account: string;
    readonly region: string;
    readonly scale: string;
    readonly template: string;
    readonly templateBytes: number;
    readonly resources: number;
    readonly parts: readonly StackPart[];
    /** US dollars of a month, of this scale. */
    readonly monthlyPrice: number;
    readonly prices: PlatformPrice['lines'];
    readonly assets: readonly { readonly id: string; readonly path: string }[];
  };
}

/** `headwater infra synth` */
export const infraSynth = defineCommand<typeof options, SynthAnswer>({
  name: 'infra synth',
  description:
    'Writes the CloudFormation template of the whole platform as the config says, with the files that its functions and jobs run, and shows ' +
    'what is in it and what it costs in a month, in every scale. Needs no network and no credentials. The folder is a cloud assembly, which the CDK command takes too.',
  options,
  examples: [
    ['infra synth', 'What the platform has'],
    ['infra synth --scale large --out large', 'The same for more events'],
  ],
  async run({ options: { scale, out, config: file } }) {
    const config = await loadConfig(file);
    const { synthesizePlatform, stackParts, platformPrice } = await import('@headwater/infra/deploy');
    const platform = platformConfig(config);
    const infra = scale === undefined ? platform.infra : { ...platform.infra, scale };
    const made = await synthesizePlatform({ ...platform, infra }, out);
    const { stack, account, region, templateFile, templateBytes, assets } = made;
    const parts = stackParts(made);
    const price = platformPrice({ ...platform, infra });
    return {
      data: {
        stack,
        account,
        region,
        scale: infra?.scale ?? 'small',
        template: relative(process.cwd(), templateFile),
        templateBytes,
        resources: parts.reduce((sum, { resources }) => sum + resources, 0),
        parts,
        monthlyPrice: price.total,
        prices: price.lines,
        assets: assets.map(({ id, path }) => ({ id, path: relative(process.cwd(), path) })),
      },
      price,
    };
  },
  async print({ data, price: { table } }, console) {
    const { print, style } = console;
    await print(`${style('bold', data.stack)} in ${data.account}, ${data.region}, scale ${data.scale}`);
    for (const { part, kinds } of data.parts) await print(`  ${part}: ${kindsText(kinds)}`);
    const [titles = [], ...rows] = table.rows;
    const columns = titles.map((title, index) => ({
      title,
      align: index === 0 ? ('left' as const) : ('right' as const),
    }));
    await print();
    await console.write(tableText(columns, rows, console));
    for (const note of table.notes) await print(style('dim', note));
    await print(
      `${style('green', 'wrote')} ${data.template}: ${counted(data.resources, 'resource')}, ${byteText(data.templateBytes)}, ${counted(data.assets.length, 'file')} to upload`,
    );
  },
});
