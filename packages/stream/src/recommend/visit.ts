/** A product that a visitor viewed, and when, in milliseconds since 1970. */
export type View = readonly [item: string, time: number];

/** A visit: views without a pause between them. */
export interface Visit {
  /** The products, and when each was viewed first. */
  readonly items: readonly string[];
  readonly last: number;
}

/** Takes the visits apart that a visitor's views are, the earliest first. A pause of at least `pause` milliseconds ends one. */
export function visitsOf(views: readonly View[], pause: number): Visit[] {
  const visits: { items: Set<string>; last: number }[] = [];
  for (const [item, time] of [...views].sort(([, one], [, other]) => one - other)) {
    const visit = visits.at(-1);
    if (visit === undefined || time - visit.last >= pause)
      visits.push({ items: new Set([item]), last: time });
    else {
      visit.items.add(item);
      visit.last = time;
    }
  }
  return visits.map(({ items, last }) => ({ items: [...items].sort(), last }));
}
