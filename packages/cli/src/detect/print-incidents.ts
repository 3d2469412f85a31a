import type { TableSchema } from '@headwater/core';
import type { Incident } from '@headwater/stream';
import type { Console } from '../output/console.ts';
import { counted, durationText, grouped, roundedText } from '../output/figures.ts';
import { harmlessText } from '../output/harmless-text.ts';
import { membersText } from '../output/members-text.ts';
import { tableText } from '../output/table-text.ts';
import type { DetectReport } from './detect-in-lake.ts';
import type { ToldIncident } from './told-incidents.ts';

/** Incidents in a table for people. A file has them all. */
const shownIncidents = 200;

/** Prints incidents for people, one in a line: who, what, when, seen against expected, evidence, state. */
export async function printIncidents(
  { roles }: Pick<TableSchema, 'roles'>,
  incidents: readonly ToldIncident[],
  console: Console,
): Promise<void> {
  const shown = incidents.slice(0, shownIncidents);
  if (shown.length === 0) return;
  const columns = [
    { title: 'when' },
    { title: 'kind' },
    { title: 'who' },
    { title: 'seen', align: 'right' },
    { title: 'expected', align: 'right' },
    { title: 'in', align: 'right' },
    { title: 'state' },
    { title: 'evidence' },
  ] as const;
  const rows = shown.map((incident) => [
    clock(incident.opened),
    incident.kind,
    harmlessText(subjectText(incident)),
    roundedText(incident.seen),
    roundedText(incident.expected),
    durationText(incident.window_s),
    incident.state === 'closed' ? 'closed' : 'open',
    harmlessText(evidenceText(incident, roles)),
  ]);
  await console.write(tableText(columns, rows, console));
  if (incidents.length > shown.length)
    await console.print(
      console.style('dim', `${grouped(shown.length)} of ${grouped(incidents.length)} incidents`),
    );
}

/** Prints what was read, and incidents by kind. */
export async function printSummary(report: DetectReport, console: Console): Promise<void> {
  const { rows, warmUp, allowed, kinds } = report;
  const opened = Object.values(kinds).reduce((sum, one) => sum + one.opened, 0);
  const read = [
    counted(rows, 'row'),
    ...(warmUp ? [`${grouped(warmUp.rows)} before them, from ${warmUp.from}`] : []),
    ...(allowed > 0 ? [`${grouped(allowed)} of allowed actors`] : []),
  ].join(', ');
  await console.print(
    `${console.style(opened > 0 ? 'yellow' : 'green', counted(opened, 'incident'))} in ${report.table}: ${read}`,
  );
  const byKind = Object.entries(kinds).toSorted(([, one], [, other]) => other.opened - one.opened);
  if (byKind.length > 0)
    await console.print(byKind.map(([kind, { opened: count }]) => `${kind} ${grouped(count)}`).join('  '));
}

/** `2019-10-01 10:00:20`, in UTC. */
const clock = (time: string): string => time.slice(0, 19).replace('T', ' ');

function subjectText({ subject_type: type, subject, actors }: Incident): string {
  const who = type === 'site' ? subject : `${type} ${subject}`;
  return type === 'actor' || actors.length < 2 ? who : `${who} (${membersText(actors)} actors)`;
}

/** The first of the rows, and how many more there are. */
function evidenceText({ evidence }: Incident, { action, item, time }: TableSchema['roles']): string {
  const [first] = evidence;
  if (first === undefined) return '';
  const at = time === undefined ? undefined : first[time];
  const words = [
    action === undefined ? undefined : first[action],
    item === undefined ? undefined : first[item],
    typeof at === 'string' ? `at ${at.slice(11, 19)}` : undefined,
  ].filter((word) => word !== undefined && word !== null);
  return `${words.join(' ')}${evidence.length > 1 ? ` and ${evidence.length - 1} more` : ''}`;
}
