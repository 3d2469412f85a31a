import { createInterface } from 'node:readline/promises';
import { type EventsTable, HeadwaterError, type TableSchema } from '@headwater/core';
import { byteSize, type SchemaSnapshot } from '@headwater/core/internal';
import { type PublishPlan, planPublish, publishSchema } from '@headwater/publish';
import { flag, repeated } from '../command-line/option.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { awsOf, tableOptions } from '../config/target.ts';
import type { Console } from '../output/console.ts';
import { printComparison } from '../output/print-comparison.ts';
import { printPublishPlan } from '../output/print-publish-plan.ts';
import { compareSchema, snapshotFolder } from './compare-schema.ts';
import { comparisonJson } from './comparison-json.ts';

/** Options of the commands that publish. */
export const publishOptions = {
  allow: repeated('ID', 'A change, or what else the plan needs, that is meant; once for each'),
  'dry-run': flag('Show the plan and do nothing'),
  yes: flag('Do not ask on a terminal'),
  ...tableOptions,
};

/** What is published by a command, and how. */
export interface PublishCall {
  readonly config: LoadedConfig;
  readonly table: EventsTable;
  readonly history: readonly SchemaSnapshot[];
  readonly schema: TableSchema;
  /** Whether the schema is what the project's code imports. */
  readonly isWorking: boolean;
  readonly options: {
    readonly allow: readonly string[];
    readonly 'dry-run': boolean | undefined;
    readonly yes: boolean | undefined;
    readonly json: boolean;
  };
  readonly console: Console;
  readonly signal: AbortSignal;
}

/** Shows what publishing means and would do, asks where somebody can answer, and publishes. */
export async function runPublish(call: PublishCall): Promise<boolean> {
  const { config, schema, history, options, console, signal } = call;
  const now = { now: schema, isWorking: call.isWorking };
  const comparison = await compareSchema(config, history.at(-1), now, signal);
  const publish = {
    schema,
    target: awsOf(config),
    folder: snapshotFolder(config),
    mode: config.compatibility,
    diff: comparison.diff,
    allow: options.allow,
    maxScan: config.maxScan === undefined ? undefined : byteSize('maxScan', config.maxScan),
  };
  const plan = await planPublish(publish);
  const answer = (published: boolean) =>
    console.json({
      ...comparisonJson(comparison),
      number: plan.snapshot.number,
      steps: plan.steps,
      needs: plan.needs,
      published,
    });
  if (!options.json) {
    await printComparison(console, comparison);
    await printPublishPlan(console, plan);
  }
  if (plan.isDone) {
    await (options.json
      ? answer(false)
      : console.print(console.style('dim', 'Everything is as published already.')));
    return true;
  }
  if (options['dry-run']) {
    if (options.json) await answer(false);
    else await printNeeds(console, plan, options.allow);
    return true;
  }
  const ids = plan.needs.filter((id) => !options.allow.includes(id));
  if (ids.length > 0) throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: plan.table, ids });
  if (!options.yes && !options.json && !(await isAgreed(console, signal))) {
    await console.print('Nothing was published.');
    return false;
  }
  await publishSchema({
    ...publish,
    signal,
    beforeStep: (step) => {
      if (!options.json) console.note(console.noteStyle('dim', `publishing ${step}`));
    },
  });
  if (options.json) await answer(true);
  else {
    const { version, table, number } = plan.snapshot;
    await console.print(
      `${console.style('green', 'published')} ${table} ${version}. Commit schema/${table}/${number}.json with the code.`,
    );
  }
  return true;
}

async function printNeeds(console: Console, { needs }: PublishPlan, allow: readonly string[]): Promise<void> {
  const open = needs.filter((id) => !allow.includes(id));
  if (open.length > 0)
    await console.print(`\nTo publish it, give ${open.map((id) => `--allow ${id}`).join(' ')}`);
}

/** Asks only where there is somebody to answer. */
async function isAgreed(console: Console, signal: AbortSignal): Promise<boolean> {
  if (!console.isTerminal || process.stdin.isTTY !== true) return true;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await lines.question('Publish this? [y/N] ', { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
