import type { Cursor } from './words.ts';

/**
 * How much is remembered of whom: newcomers have a few rows, the known have more, and suspects did something that may become a finding.
 * Each level has slots of its own, so a flood of newcomers pushes out newcomers alone.
 */
export const slotLevels = ['newcomers', 'known', 'suspects'] as const;
export type SlotLevel = (typeof slotLevels)[number];

/** How many actors of each level are remembered. */
export type SlotLimits = Readonly<Record<SlotLevel, number>>;

/** An actor as plain data: the words as base64. */
export type SlotState = readonly [actor: string, level: number, last: number, words: string];

/** Remembers the latest actors, in memory that is given out once. */
export interface ActorSlots {
  readonly cursor: Cursor;
  /** Points the cursor at an actor, whose words are zero when it is new or was away for longer than the lifetime. */
  take(actor: string, time: number): void;
  /** When the actor at the cursor had its row before this one; minus infinity for a new one. */
  readonly before: number;
  /** Whether the actor at the cursor is a suspect. */
  readonly isSuspect: boolean;
  /** Moves the actor at the cursor to a higher level. */
  raise(level: SlotLevel): void;
  readonly size: number;
  /** From the one that was away for longest, level by level. */
  snapshot(): SlotState[];
}

const none = -1;

/**
 * @param width words of an actor
 * @param lifetime milliseconds without a row after which an actor is new again
 * @param onForgotten called with an actor that had to make room, or was away for too long
 */
export function createActorSlots(
  width: number,
  limits: SlotLimits,
  lifetime: number,
  onForgotten: (actor: string) => void,
  state: readonly SlotState[] = [],
): ActorSlots {
  const capacity = slotLevels.reduce((sum, level) => sum + limits[level], 0) + 1;
  const cursor: Cursor = { words: new Uint32Array(capacity * width), start: 0 };
  const slots = new Map<string, number>();
  const names: string[] = [];
  const last = new Float64Array(capacity);
  const levels = new Uint8Array(capacity);
  const free: number[] = [];
  const lists = slotLevels.map((level) => createRecencyList(capacity, limits[level]));
  let slot = 0;
  let before = Number.NEGATIVE_INFINITY;

  const listOf = (one: number): RecencyList => lists[levels[one] ?? 0] as RecencyList;

  function forget(one: number): void {
    const name = names[one] ?? '';
    listOf(one).remove(one);
    slots.delete(name);
    names[one] = '';
    free.push(one);
    onForgotten(name);
  }

  function place(one: number, level: number): void {
    levels[one] = level;
    const list = listOf(one);
    list.add(one);
    if (list.size > list.most) forget(list.oldest);
  }

  function add(actor: string, level: number): number {
    const one = free.pop() ?? names.length;
    names[one] = actor;
    slots.set(actor, one);
    cursor.words.fill(0, one * width, (one + 1) * width);
    place(one, level);
    return one;
  }

  for (const [actor, level, time, words] of state) {
    const one = add(actor, level);
    last[one] = time;
    cursor.words.set(wordsFromText(words), one * width);
  }

  return {
    cursor,
    take(actor, time) {
      const known = slots.get(actor);
      if (known === undefined) {
        slot = add(actor, 0);
        before = Number.NEGATIVE_INFINITY;
      } else if (time - (last[known] ?? 0) > lifetime) {
        forget(known);
        slot = add(actor, 0);
        before = Number.NEGATIVE_INFINITY;
      } else {
        slot = known;
        before = last[known] ?? 0;
        listOf(known).touch(known);
      }
      last[slot] = time;
      cursor.start = slot * width;
    },
    get before() {
      return before;
    },
    get isSuspect() {
      return levels[slot] === 2;
    },
    raise(level) {
      const to = slotLevels.indexOf(level);
      if (to <= (levels[slot] ?? 0)) return;
      listOf(slot).remove(slot);
      place(slot, to);
    },
    get size() {
      return slots.size;
    },
    snapshot: () =>
      lists.flatMap((list, level) =>
        list
          .fromOldest()
          .map((one) => [
            names[one] ?? '',
            level,
            last[one] ?? 0,
            textFromWords(cursor.words.subarray(one * width, (one + 1) * width)),
          ]),
      ),
  };
}

/** Slots in the order of their last use. */
interface RecencyList {
  readonly most: number;
  readonly size: number;
  readonly oldest: number;
  add(slot: number): void;
  remove(slot: number): void;
  touch(slot: number): void;
  fromOldest(): number[];
}

function createRecencyList(capacity: number, most: number): RecencyList {
  const older = new Int32Array(capacity).fill(none);
  const newer = new Int32Array(capacity).fill(none);
  let oldest = none;
  let newest = none;
  let size = 0;

  function add(slot: number): void {
    older[slot] = newest;
    newer[slot] = none;
    if (newest === none) oldest = slot;
    else newer[newest] = slot;
    newest = slot;
    size += 1;
  }

  function remove(slot: number): void {
    const before = older[slot] ?? none;
    const after = newer[slot] ?? none;
    if (before === none) oldest = after;
    else newer[before] = after;
    if (after === none) newest = before;
    else older[after] = before;
    size -= 1;
  }

  return {
    most,
    get size() {
      return size;
    },
    get oldest() {
      return oldest;
    },
    add,
    remove,
    touch(slot) {
      if (slot === newest) return;
      remove(slot);
      add(slot);
    },
    fromOldest() {
      const slots: number[] = [];
      for (let slot = oldest; slot !== none; slot = newer[slot] ?? none) slots.push(slot);
      return slots;
    },
  };
}

/** Words as base64, without the zeros at their end. */
function textFromWords(words: Uint32Array): string {
  let length = words.length;
  while (length > 0 && words[length - 1] === 0) length -= 1;
  return Buffer.from(words.buffer, words.byteOffset, length * 4).toString('base64');
}

function wordsFromText(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  // A copy, because a buffer of Node may begin at any byte of a shared one.
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
