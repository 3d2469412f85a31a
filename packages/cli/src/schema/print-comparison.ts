import type { AssessedChange, SchemaDiff } from '@headwater/core';
import { changeTargets, type VerdictName } from '@headwater/core/internal';
import type { Console, Style } from '../output/console.ts';
import { counted } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import { effectTexts } from './effect-texts.ts';
import type { Comparison } from './project.ts';

type Mark = readonly [text: string, colour: Parameters<Style>[0]];

const marks: { readonly [Name in VerdictName]: Mark } = {
  compatible: ['ok', 'green'],
  'compatible-with-view': ['view', 'cyan'],
  incompatible: ['breaks', 'red'],
  unknown: ['?', 'yellow'],
};

/** Prints a comparison for people: changes by target, then the reasons, then the metrics and queries that they concern. */
export async function printComparison(console: Console, comparison: Comparison): Promise<void> {
  const { diff, metrics, queries } = comparison;
  const { style } = console;
  await console.print(headline(diff, style));
  if (diff.changes.length === 0) return;
  await console.print();
  await console.write(
    tableText(
      ['change', ...changeTargets].map((title) => ({ title })),
      diff.changes.map(({ id, destructive, verdicts }) => [
        destructive ? `${id} ${style('red', '(destructive)')}` : id,
        ...changeTargets.map((target) => {
          const [text, colour] = marks[verdicts[target].verdict];
          return style(colour, text);
        }),
      ]),
      console,
    ),
  );
  for (const change of diff.changes) await printReasons(console, change);
  if (metrics.length > 0) {
    await console.print(`\n${style('bold', 'metrics')}`);
    for (const { metric, effect, reason } of metrics) {
      const colour = effect === 'changes-meaning' ? 'yellow' : 'red';
      await console.print(`  ${metric} ${style(colour, effectTexts[effect])}: ${reason}`);
    }
  }
  if (queries.status === 'checked' && queries.errors.length > 0) {
    await console.print(`\n${style('bold', 'registered queries')}`);
    for (const { file, line, column, code, message } of queries.errors)
      await console.print(`  ${file}:${line}:${column} ${style('dim', code)} ${message}`);
  }
  await console.print();
  await console.print(`schema registry: ${registryWords(diff)}`);
}

function headline(diff: SchemaDiff, style: Style): string {
  const { table, from, version, changes } = diff;
  if (from === null) return `${style('bold', table)}: no version yet; this is version ${version}.`;
  if (changes.length === 0) return `${style('bold', table)} ${from}: no changes.`;
  const parts = ['major', 'minor', 'patch'] as const;
  const part = parts.find((one) => changes.some((change) => change.part === one));
  return `${style('bold', table)} ${from} to ${style('bold', version)} (${part}): ${counted(changes.length, 'change')}`;
}

/** Prints the verdicts that need attention, by reason: several targets often share one. */
async function printReasons(console: Console, { id, text, verdicts }: AssessedChange): Promise<void> {
  const { style } = console;
  await console.print(`\n${style('bold', id)}  ${text}`);
  const reasons = new Map<string, { verdict: VerdictName; targets: string[]; source: string }>();
  for (const target of changeTargets) {
    const { verdict, reason, source } = verdicts[target];
    if (verdict === 'compatible' && !reason.includes('take the new version first')) continue;
    const held = reasons.get(reason) ?? { verdict, targets: [], source };
    held.targets.push(target);
    reasons.set(reason, held);
  }
  for (const [reason, { verdict, targets, source }] of reasons) {
    const [mark, colour] = marks[verdict];
    const link = source.startsWith('https:') ? ` ${style('dim', source)}` : '';
    await console.print(`  ${style(colour, mark)} ${targets.join(', ')}: ${reason}${link}`);
  }
}

function registryWords({ registry }: SchemaDiff): string {
  const modes = (['BACKWARD', 'FORWARD', 'FULL'] as const).filter((mode) => registry[mode]);
  return modes.length > 0
    ? `compatible in ${modes.join(', ')}`
    : 'compatible in none of BACKWARD, FORWARD, FULL';
}
