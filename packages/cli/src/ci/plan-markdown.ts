import type { Difference, PublishPlan } from '@headwater/publish';
import { changeText } from '../output/change-text.ts';
import { manyPartitionsText } from '../output/many-partitions-text.ts';
import { unprojectedText } from '../output/unprojected-text.ts';
import { code, plain } from './markdown.ts';

/** Differences that are shown of one step; texts are cut, since that of a view has thousands of characters. */
const mostDifferences = 20;
const mostCharacters = 80;

const causes: { readonly [Cause in Difference['cause']]: string } = {
  change: '',
  drift: ' **(changed outside Headwater since it was published)**',
  release: ' (published by another release of Headwater)',
};

/**
 * What a publication would do on AWS, for the comment on a pull request. A line of it is the digest, by which the deployment finds the plan
 * that was reviewed. The same plan gives the same text.
 */
export function planMarkdown(plans: readonly PublishPlan[], digest: string): string {
  const open = plans.filter(({ isDone }) => !isDone);
  if (open.length === 0) return '### Plan: nothing to publish\n';
  return `### Plan: publish ${open.map(({ table }) => plain(table)).join(', ')}\n\n${open.map(planText).join('\n')}\nPlan \`${digest}\`\n`;
}

function planText(plan: PublishPlan): string {
  const { table, snapshot, steps, needs } = plan;
  const changing = steps.filter(({ action }) => action !== 'none');
  const lines = changing.flatMap(({ step, action, differences }) => [
    `- ${action} ${plain(step)}`,
    ...(action === 'update' ? differencesText(differences) : []),
  ]);
  const many = manyPartitionsText(plan.projectedPartitions);
  const warnings = [
    ...(plan.unprojected ? [unprojectedText(plan.unprojected)] : []),
    ...(many === undefined ? [] : [many]),
    ...needs.map((id) => `${id} is not allowed: publishing stops there`),
  ];
  return [
    `**${plain(table)}** version ${snapshot.version}, number ${snapshot.number}\n`,
    ...lines,
    ...warnings.map((text) => `- warning: ${plain(text)}`),
    '',
  ].join('\n');
}

function differencesText(differences: readonly Difference[]): string[] {
  const lines = differences
    .slice(0, mostDifferences)
    .map(
      ({ what, was, becomes, cause }) =>
        `    - ${plain(what)}: ${changeText(was, becomes, short)}${causes[cause]}`,
    );
  const left = differences.length - lines.length;
  return left > 0 ? [...lines, `    - and ${left} more`] : lines;
}

const short = (text: string): string => {
  const whole = text.replaceAll(/\s+/g, ' ');
  return code(whole.length > mostCharacters ? `${whole.slice(0, mostCharacters - 1)}…` : whole);
};
