/** Who had a run of products first. Times and gaps are in seconds. */
export interface FirstRun {
  readonly name: string;
  readonly gaps: readonly number[];
  readonly time: number;
}

/** Runs as plain data: the run, then the fields. */
export type FirstRunsState = readonly (readonly [
  run: number,
  name: string,
  time: number,
  ...gaps: number[],
])[];

/** The first actor that had a run of products, for the runs of the last hours. */
export interface FirstRuns {
  /**
   * Another actor that had the run before, not longer than `life` seconds ago. Without one, the actor is noted.
   * @param run hash of the products
   */
  other(run: number, name: string, gaps: readonly number[], time: number, life: number): FirstRun | undefined;
  snapshot(share: number): FirstRunsState;
}

/**
 * Remembers who had a run first in a table of fixed size. Of two runs in one place the later one is remembered: nearly every run belongs to
 * one actor and is of no use later.
 *
 * @param most places, a power of two
 * @param steps gaps of a run
 */
export function createFirstRuns(most: number, steps: number, state: FirstRunsState = []): FirstRuns {
  const size = 2 ** Math.round(Math.log2(most));
  const runs = new Int32Array(size);
  const times = new Float64Array(size);
  const allGaps = new Uint16Array(size * steps);
  const names: string[] = new Array<string>(size).fill('');
  const placeOf = (run: number): number => (run ^ (run >>> 15)) & (size - 1);

  const note = (run: number, name: string, gaps: readonly number[], time: number): void => {
    const place = placeOf(run);
    runs[place] = run;
    times[place] = time;
    names[place] = name;
    for (let step = 0; step < steps; step++) allGaps[place * steps + step] = gaps[step] ?? 0;
  };

  const at = (place: number): FirstRun => ({
    name: names[place] ?? '',
    gaps: [...allGaps.subarray(place * steps, (place + 1) * steps)],
    time: times[place] ?? 0,
  });

  for (const [run, name, time, ...gaps] of state) note(run, name, gaps, time);

  return {
    other(run, name, gaps, time, life) {
      const place = placeOf(run);
      const isKnown = runs[place] === run && time - (times[place] ?? 0) <= life;
      if (isKnown && names[place] !== name && names[place] !== '') return at(place);
      note(run, name, gaps, time);
      return undefined;
    },
    snapshot(share) {
      const filled = [...names.keys()].filter((place) => names[place] !== '');
      const kept =
        share < 1
          ? filled
              .sort((one, other) => (times[other] ?? 0) - (times[one] ?? 0))
              .slice(0, Math.floor(filled.length * share))
          : filled;
      return kept.map((place) => {
        const { name, time, gaps } = at(place);
        return [runs[place] ?? 0, name, time, ...gaps] as const;
      });
    },
  };
}
