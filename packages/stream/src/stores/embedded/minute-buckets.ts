/** Things by a minute each, so that those of some minutes are found without looking at all. */
export class MinuteBuckets<Thing> {
  private readonly buckets = new Map<number, Set<Thing>>();
  private readonly minutes = new Map<Thing, number>();

  /** Puts a thing at a minute, or moves it there. */
  put(thing: Thing, minute: number): void {
    const before = this.minutes.get(thing);
    if (before === minute) return;
    if (before !== undefined) this.take(thing, before);
    this.minutes.set(thing, minute);
    const bucket = this.buckets.get(minute);
    if (bucket) bucket.add(thing);
    else this.buckets.set(minute, new Set([thing]));
  }

  remove(thing: Thing): void {
    const minute = this.minutes.get(thing);
    if (minute === undefined) return;
    this.take(thing, minute);
    this.minutes.delete(thing);
  }

  /** The things at a minute or later. */
  *from(minute: number): Iterable<Thing> {
    for (const [at, bucket] of this.buckets) if (at >= minute) yield* bucket;
  }

  /** The things of each minute, from a minute back to the earliest. */
  *downFrom(minute: number): Iterable<readonly Thing[]> {
    const minutes = [...this.buckets.keys()].filter((at) => at <= minute).sort((one, other) => other - one);
    for (const at of minutes) yield [...(this.buckets.get(at) ?? [])];
  }

  /** The things before a minute. */
  before(minute: number): readonly Thing[] {
    return [...this.buckets].flatMap(([at, bucket]) => (at < minute ? [...bucket] : []));
  }

  /** One of those at the earliest minute. */
  first(): Thing | undefined {
    let first = Number.POSITIVE_INFINITY;
    for (const at of this.buckets.keys()) if (at < first) first = at;
    const [thing] = this.buckets.get(first) ?? [];
    return thing;
  }

  private take(thing: Thing, minute: number): void {
    const bucket = this.buckets.get(minute);
    bucket?.delete(thing);
    if (bucket?.size === 0) this.buckets.delete(minute);
  }
}
