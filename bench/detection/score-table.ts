import { type AttackLevel, caseKindNames } from '@headwater/simulator';
import { detectionTargets, leastRecall } from './detection-targets.ts';
import type { CaseScore, DetectionScore } from './score-detection.ts';

/** The figures of a score over all kinds. Rates are per million events. */
export interface ScoreFigures {
  readonly cases: number;
  readonly found: number;
  readonly recall: number;
  readonly falseActors: number;
  readonly falseSites: number;
  readonly opened: number;
  /** The share of the opened incidents that are about an attack. 0 when none was opened. */
  readonly precision: number;
}

/** The row of one kind of attackers. */
export interface KindFigures {
  readonly kind: string;
  readonly cases: number;
  readonly found: number;
  readonly recall: number;
  /** From the first row of a case to the incident that found it. Undefined when none was found. */
  readonly medianSeconds: number | undefined;
  /** The kinds of incidents that found them. */
  readonly by: readonly string[];
}

/** The middle one of some numbers; the mean of two for an even count. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** What a score says over all kinds. */
export function figuresOf(score: DetectionScore): ScoreFigures {
  const perMillion = (count: number): number => (count * 1e6) / Math.max(1, score.events);
  const sum = (of: 'opened' | 'right'): number =>
    score.incidentKinds.reduce((total, one) => total + one[of], 0);
  const found = score.cases.filter((one) => one.finding).length;
  const opened = sum('opened');
  return {
    cases: score.cases.length,
    found,
    recall: found / Math.max(1, score.cases.length),
    falseActors: perMillion(score.falseActors.length),
    falseSites: perMillion(score.falseSites.length),
    opened: perMillion(opened),
    precision: opened === 0 ? 0 : sum('right') / opened,
  };
}

/** What a score says of each kind of attackers, in the order of the simulator's kinds. */
export function kindFiguresOf({ cases }: DetectionScore): KindFigures[] {
  const byKind = Map.groupBy(cases, (one) => one.label.kind);
  return caseKindNames.flatMap((kind) => {
    const own = byKind.get(kind);
    if (own === undefined) return [];
    const seconds = own.flatMap(({ label, finding }) =>
      finding ? [(finding.time - Date.parse(label.from)) / 1000] : [],
    );
    return {
      kind,
      cases: own.length,
      found: seconds.length,
      recall: seconds.length / own.length,
      medianSeconds: medianOf(seconds),
      by: [...new Set(own.flatMap(({ finding }) => (finding ? [finding.by.kind] : [])))].toSorted(),
    };
  });
}

/** One target: its name, what was measured, what is asked, and whether that is met. */
export interface TargetFigure {
  readonly name: string;
  readonly measured: string;
  readonly target: string;
  readonly isMet: boolean;
}

/** The targets of a level, or of all levels together, beside what was measured. */
export function targetsOf(score: DetectionScore, level?: AttackLevel): TargetFigure[] {
  const { recall, falseActors, falseSites, opened, precision } = figuresOf(score);
  const { leastPrecision, ...most } = detectionTargets;
  const floods = score.lookAlikes
    .filter(({ kind }) => kind === 'flash_sale' || kind === 'newsletter')
    .reduce((sum, one) => sum + one.flagged, 0);
  const least = (name: string, value: number, target: number): TargetFigure => ({
    name,
    measured: value.toFixed(3),
    target: `>= ${target}`,
    isMet: value >= target,
  });
  const atMost = (name: string, value: number, target: number): TargetFigure => ({
    name,
    measured: value.toFixed(1),
    target: `<= ${target}`,
    isMet: value <= target,
  });
  return [
    least('recall', recall, leastRecall[level ?? 'all']),
    least('case precision', precision, leastPrecision),
    atMost('false actors per million events', falseActors, most.falseActors),
    atMost('false site incidents per million events', falseSites, most.falseSites),
    atMost('opened incidents per million events', opened, most.opened),
    atMost('floods at flash sales and newsletters', floods, 0),
  ];
}

/** What a table shows beside the score. */
export interface ScoreTableOptions {
  /** The level of the run, whose targets are shown. */
  readonly level?: AttackLevel | undefined;
  /** Scores of others on the same run, by their names, which are columns. */
  readonly others?: Readonly<Record<string, DetectionScore>>;
}

/** The score as text: kinds of attackers, incidents and look-alikes, and the figures over all beside their targets. */
export function scoreTable(score: DetectionScore, { level, others = {} }: ScoreTableOptions = {}): string {
  const names = Object.keys(others);
  const beside = (of: (other: DetectionScore) => string | number): (string | number)[] =>
    Object.values(others).map(of);
  const recallOf = (other: DetectionScore, kind: string): string =>
    kindFiguresOf(other)
      .find((one) => one.kind === kind)
      ?.recall.toFixed(2) ?? '';
  const flaggedIn = (other: DetectionScore, kind: string): number =>
    other.lookAlikes.find((one) => one.kind === kind)?.flagged ?? 0;
  const lines = [row(['attackers', 'cases', 'found', 'recall', 'median time', ...names], 'found by')];
  for (const { kind, cases, found, recall, medianSeconds, by } of kindFiguresOf(score)) {
    const own = [kind, cases, found, recall.toFixed(2), durationText(medianSeconds)];
    lines.push(row([...own, ...beside((other) => recallOf(other, kind))], by.join(', ')));
  }
  lines.push('', row(['look-alikes', 'cases', 'flagged', '', '', ...names]));
  for (const { kind, cases, flagged } of score.lookAlikes)
    lines.push(row([kind, cases, flagged, '', '', ...beside((other) => flaggedIn(other, kind))]));
  lines.push(row(['ordinary shoppers', '', shoppersIn(score), '', '', ...beside(shoppersIn)]));
  lines.push('', row(['incidents', 'opened', 'right', 'false']));
  for (const { kind, opened, right } of score.incidentKinds)
    lines.push(row([kind, opened, right, opened - right]));
  const { found, cases } = figuresOf(score);
  lines.push('', `${found} of ${cases} attacks found in ${score.events.toLocaleString('en-US')} events`);
  for (const [at, { name, measured, target, isMet }] of targetsOf(score, level).entries()) {
    const rest = names.map((other) => {
      const figure = others[other] && targetsOf(others[other], level)[at];
      return `   ${other} ${figure?.measured.padStart(6)}`;
    });
    lines.push(
      `${isMet ? 'met   ' : 'MISSED'}  ${name.padEnd(42)} ${measured.padStart(8)}  ${target.padEnd(8)}${rest.join('')}`,
    );
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const shoppersIn = ({ falseActors }: DetectionScore): number =>
  falseActors.filter(({ is }) => is.length === 0).length;

/** What was missed and what was wrong, one line each. */
export function scoreDetails({ cases, falseActors, falseSites }: DetectionScore): string {
  const lines = cases.filter(({ finding }) => finding === undefined).map(missedLine);
  for (const { actor, incidents, is } of falseActors)
    lines.push(`false actor ${actor}: ${incidents.join(', ')}; is ${is.join(', ') || 'an ordinary shopper'}`);
  for (const { incident, is } of falseSites)
    lines.push(
      `false site ${incident.kind} ${incident.subjectType} ${incident.subject} at ${timeText(incident.opened)}; ` +
        `then: ${is.join(', ') || 'nothing'}`,
    );
  return lines.map((line) => `${line}\n`).join('');
}

function missedLine({ label }: CaseScore): string {
  const { from, to, rows, members } = label;
  const who = label.subject_type === 'campaign' ? members.slice(0, 3).join(' ') : label.subject;
  return `missed ${label.case}: ${label.subject_type} ${who}, ${from} to ${to}, ${rows} rows, ${members.length} actors`;
}

const timeText = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Seconds as a reader wants them: `45 s`, `12 min`, `3.4 h`. */
function durationText(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const widths = [22, 8, 8, 8, 13];
const otherWidth = 11;

/** A line of a table: the first cell to the left, the others to the right, and a text of any length behind them. */
function row([first = '', ...cells]: readonly (string | number)[], text = ''): string {
  const padded = cells.map((cell, at) => String(cell).padStart(widths[at + 1] ?? otherWidth));
  return `${String(first).padEnd(widths[0] ?? 0)}${padded.join('')}  ${text}`.trimEnd();
}
