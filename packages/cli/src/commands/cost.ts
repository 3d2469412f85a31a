import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { chosenAws, configOption } from '../config/chosen-lake.ts';
import { sumOf } from '../cost/cost-line.ts';
import type { CostReport } from '../cost/cost-report.ts';
import { monthOf } from '../cost/month.ts';
import { printCost } from '../cost/print-cost.ts';

interface CostAnswer extends Answer {
  /** `dollars` is the sum of the lines, `planned` that of the plan. */
  readonly data: CostReport & { readonly dollars: number; readonly planned: number | null };
}

/** `headwater cost` */
export const cost = defineCommand({
  name: 'cost',
  description:
    'Shows what a month cost on AWS: queries by the bytes that they read, loads by DPU-hours, storage by the manifests, the stream and its ' +
    'functions by what CloudWatch counted; at stated unit prices, with what is estimated, what cannot be seen, the dearest statements, ' +
    'and what the plan of the config says of a month. It reads, and changes nothing.',
  options: {
    month: text('YYYY-MM', 'The month, UTC', { default: 'the last full one' }),
    ...configOption,
  },
  examples: [
    ['cost', 'The last month'],
    ['cost --month 2026-10 --json', 'Another one, for a program'],
  ],
  async run({ options, signal, onProgress }): Promise<CostAnswer> {
    const now = new Date();
    const month = monthOf(options.month, now);
    const { config, target } = await chosenAws(options);
    const { costReport } = await import('../cost/cost-report.ts');
    const report = await costReport({
      config,
      target,
      month,
      now,
      signal,
      onProgress: (doing, fraction) => onProgress?.({ doing, fraction }),
    });
    const { plan, lines } = report;
    return { data: { ...report, dollars: sumOf(lines), planned: plan === null ? null : sumOf(plan) } };
  },
  print: ({ data }, console) => printCost(console, data),
});
