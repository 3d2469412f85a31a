import type { PlannedChange, StackDifference } from '@headwater/infra/deploy';
import { code, markdownTable, plain } from '../ci/markdown.ts';
import { cutText } from '../output/cut-text.ts';
import { counted } from '../output/figures.ts';
import { createdLines } from './created-lines.ts';
import { permissionText } from './print-plan.ts';

/** As much as a comment takes, with the digest at its end. */
const most = { changes: 60, permissions: 40, characters: 160 };

/** The plan of a deployment as Markdown, for a comment on a pull request. Its last line names the digest, where there is something to do. */
export function stackMarkdown({ plan, digest }: StackDifference): string {
  const { stack, account, region, isDone, isNew, changes, permissions, isBroader } = plan;
  const title = `### Stack ${code(stack)} in ${account}, ${region}\n\n`;
  if (isDone) return `${title}Nothing to change.\n`;
  const changed = changes.filter(({ action }) => action !== 'create');
  const parts = [
    isNew ? 'A new stack.\n' : '',
    changed.length > 0
      ? markdownTable(
          ['', 'resource', 'properties', 'data'],
          changed
            .slice(0, most.changes)
            .map((change) => [change.action, plain(change.what), properties(change), fate(change)]),
        ) + more(changed.length - most.changes)
      : '',
    createdLines(changes)
      .map((line) => `- create ${plain(cutText(line, most.characters))}\n`)
      .join(''),
    permissions.length > 0 && !isNew
      ? `${isBroader ? '**Somebody may do more than before:**' : 'Permissions:'}\n\n${permissions
          .slice(0, most.permissions)
          .map((permission) => `- ${plain(cutText(permissionText(permission), most.characters))}\n`)
          .join('')}${more(permissions.length - most.permissions)}`
      : '',
    permissions.length > 0 && isNew ? `${counted(permissions.length, 'statement')} of permissions.\n` : '',
    `Plan ${code(digest)}\n`,
  ];
  return title + parts.filter(Boolean).join('\n');
}

const more = (count: number): string => (count > 0 ? `\nand ${count} more\n` : '');

const properties = ({ properties: changed }: PlannedChange): string =>
  plain(cutText(changed.map(({ property }) => property).join(', '), most.characters));

function fate({ data, needs, blocked }: PlannedChange): string {
  if (blocked) return `**impossible**: ${plain(blocked.problem)}`;
  if (data === null) return '';
  return data.fate === 'lost'
    ? `**its ${data.words} would be lost** (needs ${code(`--allow ${needs}`)})`
    : `its ${data.words} stay in the old one`;
}
