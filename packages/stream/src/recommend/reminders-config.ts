/** When a cart is worth a reminder. Times are in seconds. */
export interface AbandonedCartConfig {
  /** How long after the end of its session a reminder of a cart is due. Defaults to 1800. */
  readonly after?: number;
  /** The least value of a cart, in the unit of the amount. Defaults to 0. */
  readonly minValue?: number;
}

/** When two products are viewed together. Times are in seconds. */
export interface ViewedTogetherConfig {
  /** In how many visits both have to be viewed. Defaults to 20. */
  readonly visits?: number;
  /** The length of the window in which visits are counted, up to 30 days. Windows tumble. Defaults to a day. */
  readonly within?: number;
  /** A visitor's pause of this length ends a visit. Defaults to 1800. */
  readonly pause?: number;
}

/** What triggers of recommendations are published. Each defaults to its defaults; `false` turns it off. */
export interface RemindersConfig {
  readonly abandonedCart?: AbandonedCartConfig | false;
  readonly viewedTogether?: ViewedTogetherConfig | false;
}

/** The settings with their defaults. */
export const reminderDefaults = {
  abandonedCart: { after: 1800, minValue: 0 },
  viewedTogether: { visits: 20, within: 86_400, pause: 1800 },
} as const satisfies RemindersConfig;

/** What is wrong with a word of the config, and what to write. */
export interface ReminderProblem {
  /** Such as `reminders.abandonedCart.after`. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

/** The least and the most of each number. */
const ranges = {
  abandonedCart: { after: [0, 7 * 86_400], minValue: [0, Number.MAX_SAFE_INTEGER] },
  viewedTogether: { visits: [2, 1_000_000], within: [60, 30 * 86_400], pause: [60, 86_400] },
} as const satisfies {
  readonly [Name in keyof Required<RemindersConfig>]: Readonly<
    Record<keyof Exclude<RemindersConfig[Name], false | undefined>, readonly [least: number, most: number]>
  >;
};

/**
 * Everything that is wrong with the config of reminders; none where it can be used.
 *
 * @param value what was written, of any type
 * @example reminderProblems({ abandonedCart: { after: -1 } })[0]?.field // 'reminders.abandonedCart.after'
 */
export function reminderProblems(value: unknown): readonly ReminderProblem[] {
  if (!isRecord(value))
    return [
      { field: 'reminders', problem: 'is not an object', fix: `Expected ${Object.keys(ranges).join(', ')}` },
    ];
  return Object.entries(value).flatMap(([name, words]): ReminderProblem[] => {
    const field = `reminders.${name}`;
    const known = Object.hasOwn(ranges, name) ? ranges[name as keyof typeof ranges] : undefined;
    if (known === undefined) return [notKnown(field, ranges)];
    if (words === undefined || words === false) return [];
    if (!isRecord(words))
      return [{ field, problem: `is ${JSON.stringify(words)}`, fix: 'Expected an object, or false' }];
    return Object.entries(words).flatMap(([word, number]) => {
      const range = (known as Readonly<Record<string, readonly [number, number]>>)[word];
      if (range === undefined) return [notKnown(`${field}.${word}`, known)];
      const [least, most] = range;
      const isRight = word === 'minValue' ? typeof number === 'number' : Number.isSafeInteger(number);
      return number === undefined || (isRight && (number as number) >= least && (number as number) <= most)
        ? []
        : [
            {
              field: `${field}.${word}`,
              problem: `is ${JSON.stringify(number)}`,
              fix: `Expected a number from ${least} to ${most}`,
            },
          ];
    });
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notKnown = (field: string, known: object): ReminderProblem => ({
  field,
  problem: 'is not known',
  fix: `Expected ${Object.keys(known).join(', ')}`,
});
