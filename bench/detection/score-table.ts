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
  /** The score of the fixed threshold on the same run. */
  readonly threshold?: DetectionScore | undefined;
}

/** The score as text: kinds of attackers, incidents and look-alikes, and the figures over all beside their targets. */
export function scoreTable(score: DetectionScore, { level, threshold }: ScoreTableOptions = {}): string {
  const others =
    threshold && new Map(kindFiguresOf(threshold).map((one) => [one.kind, one.recall.toFixed(2)]));
  const beside = (cell: string): string[] => (threshold ? [cell] : ['']);
  const lines = [
    row(['attackers', 'cases', 'found', 'recall', 'median time', ...beside('threshold'), 'found by']),
  ];
  for (const { kind, cases, found, recall, medianSeconds, by } of kindFiguresOf(score)) {
    const own = [kind, cases, found, recall.toFixed(2), durationText(medianSeconds)];
    lines.push(row([...own, ...beside(others?.get(kind) ?? ''), by.join(', ')]));
  }
  lines.push('', row(['incidents', 'opened', 'right', 'false']));
  for (const { kind, opened, right } of score.incidentKinds)
    lines.push(row([kind, opened, right, opened - right]));
  const flagged = threshold && new Map(threshold.lookAlikes.map((one) => [one.kind, one.flagged]));
  lines.push('', row(['look-alikes', 'cases', 'flagged', '', '', ...beside('threshold')]));
  for (const one of score.lookAlikes)
    lines.push(
      row([one.kind, one.cases, one.flagged, '', '', ...beside(String(flagged?.get(one.kind) ?? ''))]),
    );
  const shoppers = ['', shoppersIn(score), '', '', ...beside(threshold ? String(shoppersIn(threshold)) : '')];
  lines.push(row(['ordinary shoppers', ...shoppers]), '');
  const { found, cases } = figuresOf(score);
  lines.push(`${found} of ${cases} attacks found in ${score.events.toLocaleString('en-US')} events`);
  const baseline = threshold && targetsOf(threshold, level);
  for (const [at, { name, measured, target, isMet }] of targetsOf(score, level).entries()) {
    const other = baseline ? `   threshold ${baseline[at]?.measured.padStart(8)}` : '';
    lines.push(
      `${isMet ? 'met   ' : 'MISSED'}  ${name.padEnd(42)} ${measured.padStart(8)}  ${target.padEnd(8)}${other}`,
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

const widths = [22, 8, 8, 8, 13, 11];

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, at) =>
      at === 0
        ? String(cell).padEnd(widths[0] ?? 0)
        : at < widths.length
          ? String(cell).padStart(widths[at] ?? 0)
          : `  ${cell}`,
    )
    .join('')
    .trimEnd();
}
