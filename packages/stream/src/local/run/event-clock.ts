/** A jump of the event time that one event alone does not prove. */
const jump = 86_400_000;
/** How many events in a row prove it. */
const witnesses = 16;
/** A pause before the last events that is believed without as many. */
const longestPause = 400 * jump;

/**
 * The latest event time so far. A clock that believed every event would be set to 2099 by a single dirty one, and every event after it would
 * be too late. So an event that is more than a day ahead moves it only when the next ones are ahead as well.
 */
export class EventClock {
  private latest: number | undefined;
  /** The times of the last events in a row of each shard that were too far ahead. Shards are not read at one pace. */
  private readonly ahead = new Map<string, number[]>();
  private readonly column: string | undefined;

  /** @param column the column of the role `time` */
  constructor(column: string | undefined) {
    this.column = column;
  }

  /** The event time of an event, in milliseconds since 1970. */
  timeOf(event: unknown): number | undefined {
    const time = (event as Readonly<Record<string, unknown>>)[this.column ?? ''];
    return time instanceof Date ? time.getTime() : undefined;
  }

  /** @param shard where the event came from: its events in a row are looked at apart from those of others */
  see(event: unknown, shard = ''): void {
    const time = this.timeOf(event);
    if (time === undefined) return;
    if (this.latest !== undefined && time <= this.latest + jump) {
      this.latest = Math.max(this.latest, time);
      if (this.ahead.size > 0) this.ahead.delete(shard);
      return;
    }
    const ahead = this.ahead.get(shard) ?? [];
    this.ahead.set(shard, ahead);
    ahead.push(time);
    if (ahead.length < witnesses) return;
    this.latest = Math.max(latestOf(ahead, jump), this.latest ?? Number.NEGATIVE_INFINITY);
    this.ahead.delete(shard);
  }

  /** Believes the last events, which none follow, unless they are more than a year ahead. */
  end(): void {
    this.latest = this.believable(longestPause);
    this.ahead.clear();
  }

  /** Undefined before the first event. */
  get time(): Date | undefined {
    const time = this.latest ?? this.believable(jump);
    return time === undefined ? undefined : new Date(time);
  }

  private believable(limit: number): number | undefined {
    const times = [...this.ahead.values()].flat();
    if (this.latest !== undefined) times.push(this.latest);
    return times.length === 0 ? undefined : latestOf(times, limit);
  }
}

/** The latest of some times that can be reached from the earliest by jumps up to a limit. */
function latestOf(times: readonly number[], limit: number): number {
  const [first = 0, ...rest] = [...times].sort((a, b) => a - b);
  return rest.reduce((latest, time) => (time <= latest + limit ? time : latest), first);
}
