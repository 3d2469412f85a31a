import type { PermissionChange, PlannedChange, StackPlan } from '@headwater/infra/deploy';
import { changeText } from '../output/change-text.ts';
import type { Console, Style } from '../output/console.ts';
import { cutText } from '../output/cut-text.ts';
import { counted } from '../output/figures.ts';
import { createdLines } from './created-lines.ts';

/** Values of a plan are cut: those of a workflow have thousands of characters. */
const mostCharacters = 80;

/** Prints what a deployment would change. What is new is summed up by part; everything else is shown one by one. */
export async function printPlan(console: Console, plan: StackPlan): Promise<void> {
  const { print, style } = console;
  const { stack, account, region, isNew, isDone, changes, permissions, isBroader, outputs } = plan;
  const place = `${style('bold', stack)} in ${account}, ${region}`;
  if (isDone) return print(`${place}: nothing to change.`);
  await print(`${place}: ${isNew ? 'a new stack' : counted(changes.length, 'resource')}`);
  for (const change of changes.filter(({ action }) => action !== 'create'))
    for (const line of changeLines(change, style)) await print(line);
  for (const line of createdLines(changes)) await print(`  ${style('green', 'create  ')} ${line}`);
  if (permissions.length > 0) await print(permissionTitle(permissions, isBroader, style));
  // Those of a new stack are hundreds; --json and the template have them.
  if (!isNew) for (const permission of permissions) await print(`  ${permissionText(permission)}`);
  if (outputs.length > 0 && !isNew) await print(`outputs that change: ${outputs.join(', ')}`);
}

const titles: { readonly [Action in PlannedChange['action']]: string } = {
  create: 'create  ',
  update: 'update  ',
  replace: 'replace ',
  'may-replace': 'replace?',
  delete: 'delete  ',
  keep: 'let go  ',
};

function changeLines(change: PlannedChange, style: Style): string[] {
  const { what, action, properties, data, needs, blocked } = change;
  const colour = action === 'update' ? 'yellow' : 'red';
  const fate =
    data === null
      ? ''
      : data.fate === 'lost'
        ? style('red', `  its ${data.words} would be lost: --allow ${needs}`)
        : style('yellow', `  its ${data.words} stay in the old one, which is in no stack any more`);
  return [
    `  ${style(colour, titles[action])} ${what}${fate}`,
    ...(blocked ? [`      ${style('red', `impossible: ${blocked.problem}. ${blocked.fix}`)}`] : []),
    ...properties.map(
      ({ property, was, becomes }) => `      ${property}: ${changeText(was, becomes, short)}`,
    ),
  ];
}

const short = (text: string): string => cutText(text, mostCharacters);

function permissionTitle(permissions: readonly PermissionChange[], isBroader: boolean, style: Style): string {
  const count = (change: PermissionChange['change']): number =>
    permissions.filter((one) => one.change === change).length;
  const text = `permissions: ${counted(count('granted'), 'statement')} granted, ${count('revoked')} revoked`;
  return isBroader ? style('yellow', `${text}; somebody may do more than before`) : text;
}

/** `+ headwater-shop-load may s3:PutObject on shop-lake/*`. */
export function permissionText({
  change,
  effect,
  who,
  actions,
  resources,
  condition,
}: PermissionChange): string {
  const verb = effect === 'Deny' ? 'may not' : 'may';
  const on = resources === '' ? '' : ` on ${resources}`;
  return `${change === 'granted' ? '+' : '-'} ${who} ${verb} ${actions}${on}${condition === '' ? '' : `, if ${condition}`}`;
}
