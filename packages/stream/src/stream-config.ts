import type { TableSchema } from '@headwater/core';
import type { Threshold } from './alerts/threshold.ts';
import { thresholdProblems } from './alerts/threshold-problems.ts';
import type { DetectionConfig } from './detect/detection-config.ts';
import { detectionProblems } from './detect/detection-problems.ts';
import { type RemindersConfig, reminderProblems } from './recommend/reminders-config.ts';
import { sessionRanges } from './sessions/session-ranges.ts';
import type { SessionOptions } from './sessions/session-rules.ts';

/** What a project says of its stream: the field `stream` of `headwater.config.ts`. All of it has defaults. */
export interface StreamConfig {
  /** What is too much, or too little: such windows open incidents. Write them with `defineThresholds`. Defaults to `defaultThresholds`. */
  readonly thresholds?: readonly Threshold[];
  /** Who is not watched, which kinds are not reported, and parameters of detectors. The field itself turns detection on in `headwater stream run`. */
  readonly detection?: DetectionConfig;
  /** How live sessions are kept. What a session is, the definition of the table says. */
  readonly sessions?: Omit<SessionOptions, 'needs'>;
  /** When carts and pairs of products are worth a message. */
  readonly reminders?: RemindersConfig;
}

/** What is wrong with one word of the config, and what to write. */
export interface StreamProblem {
  /** Such as `thresholds[0].within`. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

const words: Readonly<
  Record<keyof StreamConfig, (value: unknown, schema?: TableSchema) => readonly StreamProblem[]>
> = {
  thresholds: thresholdProblems,
  detection: detectionProblems,
  sessions: sessionProblems,
  reminders: reminderProblems,
};

/**
 * Everything that is wrong with the field `stream` of a config, of any type; nothing where it can be used.
 *
 * @param schema the table of the stream; without it, roles and actions are not checked
 * @example streamProblems({ sessions: { countsSeconds: 5 } })[0]?.fix // 'Expected a whole number from 3600 to 34560000'
 */
export function streamProblems(value: unknown, schema?: TableSchema): readonly StreamProblem[] {
  if (!isObject(value))
    return [
      { field: '', problem: 'is no object', fix: 'Write { thresholds, detection, sessions, reminders }' },
    ];
  return Object.entries(value).flatMap(([name, part]) => {
    if (!Object.hasOwn(words, name)) return [unknownWord(name, words)];
    return part === undefined ? [] : words[name as keyof StreamConfig](part, schema);
  });
}

function sessionProblems(value: unknown): readonly StreamProblem[] {
  if (!isObject(value))
    return [
      {
        field: 'sessions',
        problem: 'is no object',
        fix: `Write { ${Object.keys(sessionRanges).join(', ')} }`,
      },
    ];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = `sessions.${name}`;
    if (!Object.hasOwn(sessionRanges, name)) return [unknownWord(field, sessionRanges)];
    const [least, most] = sessionRanges[name as keyof typeof sessionRanges];
    const isRight =
      part === undefined || (Number.isSafeInteger(part) && Number(part) >= least && Number(part) <= most);
    return isRight
      ? []
      : [{ field, problem: `is ${String(part)}`, fix: `Expected a whole number from ${least} to ${most}` }];
  });
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownWord = (field: string, known: object): StreamProblem => ({
  field,
  problem: 'is not known',
  fix: `Expected ${Object.keys(known).join(', ')}`,
});
