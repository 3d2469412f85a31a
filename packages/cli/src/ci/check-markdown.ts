import type { AssessedChange } from '@headwater/core';
import { changeTargets, type VerdictName } from '@headwater/core/internal';
import { counted } from '../output/figures.ts';
import type { TableCheck } from '../schema/check-table.ts';
import { effectTexts } from '../schema/effect-texts.ts';
import { code, markdownTable, plain } from './markdown.ts';

const marks: { readonly [Name in VerdictName]: string } = {
  compatible: 'ok',
  'compatible-with-view': 'by the view',
  incompatible: '**breaks**',
  unknown: '?',
};

/**
 * The result of a check for the comment on a pull request: what stops it first, then a verdict for each target. The same result gives
 * the same text.
 */
export function checkMarkdown(checks: readonly TableCheck[]): string {
  const failed = checks.filter(({ exitCode }) => exitCode !== 0);
  const verdict =
    failed.length === 0
      ? 'passes'
      : failed.some(({ exitCode }) => exitCode === 1)
        ? 'breaks something'
        : 'is undecided';
  return `### Schema: ${verdict}\n\n${checks.map(tableText).join('\n')}`;
}

function tableText({ table, comparison, open, broken, problems, accepted }: TableCheck): string {
  const { diff, metrics, queries } = comparison;
  const changed = diff.changes.length;
  const version =
    diff.from === null
      ? `first version, ${diff.version}`
      : changed === 0
        ? `${diff.from}: no changes`
        : `${diff.from} to ${diff.version}: ${counted(changed, 'change')}`;
  const lines = [`**${plain(table)}** ${version}\n`];
  const list = (title: string, items: readonly string[]): void => {
    if (items.length > 0) lines.push(`${title}\n\n${items.map((item) => `- ${item}\n`).join('')}`);
  };
  list('Before this can be merged:', problems.map(plain));
  list(
    'Metrics that break:',
    broken.map(
      ({ metric, effect, reason, change }) =>
        `${code(metric)} ${effectTexts[effect]}: ${plain(reason)}${change === null ? '' : ` (${code(change)})`}`,
    ),
  );
  if (queries.status === 'checked')
    list(
      'Queries that no longer compile:',
      queries.errors.map(
        ({ file, line, column, code: number, message }) =>
          `${code(`${file}:${line}:${column}`)} ${number} ${plain(message)}`,
      ),
    );
  const changedMeaning = metrics.filter(({ effect }) => effect === 'changes-meaning');
  list(
    'Metrics that answer something else:',
    changedMeaning.map(
      ({ metric, reason, change }) =>
        `${code(metric)}: ${plain(reason)}${change === null ? '' : ` (${code(change)})`}`,
    ),
  );
  if (changed > 0) {
    lines.push(
      markdownTable(
        ['change', ...changeTargets],
        diff.changes.map((change) => [
          `${code(change.id)}${noteOf(change, open, accepted)}`,
          ...changeTargets.map((target) => marks[change.verdicts[target].verdict]),
        ]),
      ),
    );
  }
  if (open.length > 0)
    lines.push(
      `To accept these changes, and record that in the version:\n\n\`\`\`sh\nnpx headwater schema save --table ${table} ${open.map(({ id }) => `--allow ${id}`).join(' ')}\n\`\`\`\n`,
    );
  return lines.join('\n');
}

function noteOf(
  change: AssessedChange,
  open: readonly AssessedChange[],
  accepted: readonly string[],
): string {
  if (open.includes(change)) return change.destructive ? ' (destructive)' : '';
  return change.needsAllow && accepted.includes(change.id) ? ' (accepted)' : '';
}
