import type { CleaningStep, RangeBound, StepOf } from '../table/cleaning-step.ts';
import type { ChangeCase } from './schema-change.ts';

type CheckCase = Extract<ChangeCase, 'loosen-checks' | 'tighten-checks' | 'change-checks'>;

const checkNames = ['range', 'length', 'pattern'] as const;

/** Whether the checks of a column (range, length, pattern) accept more values, fewer, or others. Undefined when they are equal. */
export function diffChecks(
  old: readonly CleaningStep[],
  now: readonly CleaningStep[],
): CheckCase | undefined {
  const checks = (steps: readonly CleaningStep[]): readonly CleaningStep[] =>
    steps.filter(({ step }) => checkNames.some((name) => name === step));
  const texts = (steps: readonly CleaningStep[]): string[] =>
    checks(steps)
      .map((step) => JSON.stringify(step))
      .sort();
  const [before, after] = [texts(old), texts(now)];
  if (before.join() === after.join()) return undefined;
  const moves = new Set([
    ...boundMoves(boundsOf(old), boundsOf(now)),
    ...patternMoves(patternsOf(old), patternsOf(now)),
  ]);
  if (moves.size !== 1) return 'change-checks';
  return moves.has('tighter') ? 'tighten-checks' : 'loosen-checks';
}

type Move = 'tighter' | 'looser' | 'other';

const patternsOf = (steps: readonly CleaningStep[]): string[] =>
  steps.filter((step): step is StepOf<'pattern'> => step.step === 'pattern').map(({ source }) => source);

/** Every pattern must match, so an additional pattern accepts fewer values. */
function patternMoves(old: readonly string[], now: readonly string[]): Move[] {
  const added = now.some((pattern) => !old.includes(pattern));
  const removed = old.some((pattern) => !now.includes(pattern));
  return added && removed ? ['other'] : added ? ['tighter'] : removed ? ['looser'] : [];
}

type Bounds = { readonly [name: string]: RangeBound | undefined };

/** The tightest bound of each side, for ranges and for lengths. */
function boundsOf(steps: readonly CleaningStep[]): Bounds {
  const bounds: Record<string, RangeBound> = {};
  const put = (name: string, bound: RangeBound | undefined): void => {
    const held = bounds[name];
    if (bound && (!held || tightness(name, held, bound) > 0)) bounds[name] = bound;
  };
  const whole = (value: number | undefined): RangeBound | undefined =>
    value === undefined ? undefined : { value: String(value), exclusive: false };
  for (const step of steps) {
    if (step.step === 'range') {
      put('range minimum', step.minimum);
      put('range maximum', step.maximum);
    } else if (step.step === 'length') {
      put('length minimum', whole(step.minimum));
      put('length maximum', whole(step.maximum));
    }
  }
  return bounds;
}

function boundMoves(old: Bounds, now: Bounds): Move[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): Move[] => {
    const [before, after] = [old[name], now[name]];
    const by = before && after ? tightness(name, before, after) : after ? 1 : -1;
    return by > 0 ? ['tighter'] : by < 0 ? ['looser'] : [];
  });
}

/** Positive when `now` accepts fewer values than `old`. */
function tightness(name: string, old: RangeBound, now: RangeBound): number {
  const inward = name.endsWith('minimum') ? 1 : -1;
  return inward * compareTexts(now.value, old.value) || Number(now.exclusive) - Number(old.exclusive);
}

/** Compares two bounds: numbers with any number of digits, or ISO 8601 times. */
function compareTexts(left: string, right: string): number {
  const isWhole = (text: string): boolean => /^-?\d+$/.test(text);
  if (isWhole(left) && isWhole(right))
    return Number(BigInt(left) > BigInt(right)) - Number(BigInt(left) < BigInt(right));
  const difference = Number(left) - Number(right);
  if (!Number.isNaN(difference)) return Math.sign(difference);
  return left < right ? -1 : Number(left > right);
}
