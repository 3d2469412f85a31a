import { type AwsTarget, streamPlace } from '@headwater/core';
import {
  type AdoptReport,
  adoptLanding,
  type LandingPart,
  landingPartNames,
  type RollupReport,
} from '@headwater/etl';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenLake, lakeOptions } from '../config/chosen-lake.ts';
import { printLoadReport } from '../lake/load-summary.ts';
import { lookupFiles, lookupOption } from '../lake/lookup-files.ts';
import { rollupsLine } from '../lake/print-rollups.ts';
import { readingOptions, sourceOption } from '../lake/reading-options.ts';
import { refreshAfter } from '../lake/refresh-after.ts';
import { runOnLake } from '../lake/run-on-lake.ts';
import { runOptions } from '../lake/run-options.ts';
import { grouped } from '../output/figures.ts';

interface AdoptAnswer extends Answer {
  readonly data: AdoptReport & { readonly rollups?: RollupReport };
}

const partWords: Readonly<Record<LandingPart, string>> = {
  cleaned: 'Parquet of events that a transform cleaned',
  records: 'Parquet of records as they came',
  failed: 'records that were not delivered, cleaned again',
  unconverted: 'cleaned events that were not converted',
};

/** `headwater etl adopt` */
export const etlAdopt = defineCommand({
  name: 'etl adopt',
  description:
    "Brings what a Firehose delivery stream left in its landing folder into the lake: rewritten into the lake's form, de-duplicated, and " +
    'accounted for as in a load. Records that failed are cleaned again: the good ones are events, the others are in the quarantine. What was ' +
    'adopted before is skipped, and what arrives meanwhile is for the next run.',
  words: {
    usage: '[prefix]',
    least: 0,
    most: 1,
    missing: 'the landing folder, a folder or s3://bucket/prefix/',
  },
  options: {
    ...lakeOptions,
    as: choice(
      'PART',
      landingPartNames,
      'What everything below the prefix is, where Firehose does not write by a derived stream',
      {
        default: 'by its folders cleaned, records and errors',
      },
    ),
    ...sourceOption,
    ...lookupOption,
    'max-quarantine': readingOptions['max-quarantine'],
    'dry-run': flag('Do everything except the commits'),
    ...runOptions,
  },
  examples: [
    ['etl adopt', "The landing folder of the config's delivery stream"],
    ['etl adopt ./landing/clickstream --lake ./lake', 'A folder'],
    ['etl adopt s3://shop-landing/errors/ --as failed', 'Errors of a delivery stream of your own'],
  ],
  async run(call): Promise<AdoptAnswer> {
    const { words, options } = call;
    const { config, table, lake, aws } = await chosenLake(options);
    const landing = words[0] ?? configuredLanding(config.file, table.name, aws);
    const lookups = lookupFiles(options.lookup, config, table);
    const report = await runOnLake(call, { table, lake, aws }, (settings) =>
      adoptLanding({
        ...settings,
        landing,
        as: options.as,
        source: options.source,
        lookups,
        maxQuarantine: options['max-quarantine'],
        dryRun: options['dry-run'],
      }),
    );
    if (report.dryRun || report.rowsOut === 0) return { data: report };
    const failures: unknown[] = [];
    const rollups = await refreshAfter(call, { config, table, lake, aws }, (failure) =>
      failures.push(failure),
    );
    return { data: { ...report, ...rollups }, ...(failures.length > 0 ? { failures } : {}) };
  },
  async print({ data: { parts, rollups, ...total } }, console, options) {
    for (const { part, report } of parts) {
      await console.print(`${part}: ${partWords[part]}`);
      await printLoadReport(console, report, options);
      await console.print();
    }
    const { rowsIn, rowsOut, duplicates, quarantined, filtered } = total;
    await console.print(
      `${total.landing}: ${grouped(rowsIn)} rows in = ${grouped(rowsOut)} out + ${grouped(duplicates)} duplicates + ` +
        `${grouped(quarantined)} quarantined${filtered > 0 ? ` + ${grouped(filtered)} filtered` : ''}`,
    );
    if (rollups) await console.print(rollupsLine(rollups));
  },
});

/** The landing folder of the config's delivery stream. */
function configuredLanding(file: string, table: string, aws: AwsTarget | undefined): string {
  if (aws?.stream?.deliveryStream !== undefined) return streamPlace(table, aws).landing;
  throw new UsageError(
    `No landing folder: name it, or set \`aws.stream.deliveryStream\` in ${file}, and publish the delivery stream.`,
  );
}
