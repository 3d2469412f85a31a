import type { DetectorDefinition } from '../../src/detect/detector.ts';

interface Counting {
  readonly burst: { readonly rows: number };
  readonly share: number;
  readonly isStrict: boolean;
}

/** A detector that is as simple as one can be: actors with many rows in a minute, and minutes without any. */
export const counting: DetectorDefinition<Counting> = {
  kinds: ['burst', 'silence'],
  needs: { roles: ['actor'], actions: ['view'] },
  defaults: { burst: { rows: 3 }, share: 0.5, isStrict: true },
  ranges: { 'burst.rows': [2, 100] },
  create: ({ site }, { burst }, state) => {
    const { counts = [], rows = 0 } = (state ?? {}) as { counts?: [string, number][]; rows?: number };
    const minute = new Map(counts);
    let seen = rows;
    return {
      observe({ time, actor = '', row }, report) {
        const count = (minute.get(actor) ?? 0) + 1;
        minute.set(actor, count);
        seen += 1;
        if (count <= burst.rows) return;
        const about = { kind: 'burst', subjectType: 'actor', subject: actor } as const;
        const window = { start: time - 60_000, end: time, seen: count, expected: burst.rows };
        const rest = {
          score: count / burst.rows,
          severity: 'warning',
          eventType: null,
          rows: [row],
        } as const;
        report({ ...about, ...window, ...rest });
      },
      endMinute(end, report) {
        minute.clear();
        if (seen === 0) {
          const about = { kind: 'silence', subjectType: 'site', subject: site } as const;
          const window = { start: end - 60_000, end, seen: 0, expected: 1, score: 2 };
          report({ ...about, ...window, severity: 'critical', eventType: null, rows: [] });
        }
        seen = 0;
      },
      snapshot: () => ({ counts: [...minute], rows: seen }),
    };
  },
};
