import type { Console } from '../../output/console.ts';
import { counted } from '../../output/figures.ts';
import { harmlessText } from '../../output/harmless-text.ts';
import { membersText } from '../../output/members-text.ts';
import { tableText } from '../../output/table-text.ts';
import { seenText, subjectText } from '../view/found-incident.ts';
import type { SummarizedIncident } from './run-summary.ts';

/** Incidents that are listed. The rest is counted. */
const mostListed = 15;

/** Prints who was found, and when, for people: the critical ones first. */
export async function printFound(console: Console, found: readonly SummarizedIncident[]): Promise<void> {
  const { style } = console;
  await console.print();
  await console.print(style('bold', 'Who was found'));
  if (found.length === 0) return console.print(style('dim', 'nobody'));
  const listed = [...found].sort((one, other) => rank(one) - rank(other)).slice(0, mostListed);
  await console.write(
    tableText(
      [
        { title: 'when' },
        { title: 'who' },
        { title: 'what' },
        { title: 'seen' },
        { title: 'actors', align: 'right' },
      ],
      listed
        .sort((one, other) => (one.opened < other.opened ? -1 : 1))
        .map((incident) => [
          whenText(incident.opened),
          harmlessText(subjectText(incident)),
          incident.words ?? incident.kind,
          seenText(incident),
          membersText(incident.actors),
        ]),
      console,
    ),
  );
  const rest = found.length - listed.length;
  if (rest > 0) await console.print(style('dim', `and ${counted(rest, 'incident')} more`));
}

const ranks = { critical: 0, warning: 1, info: 2 } as const;
const rank = ({ severity }: SummarizedIncident): number => ranks[severity];

/** `2019-10-01 14:32` */
export const whenText = (instant: string): string => instant.slice(0, 16).replace('T', ' ');
