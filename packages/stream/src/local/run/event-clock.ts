/** A jump of the event time that one event alone does not prove. */
const jump = 86_400_000;
/** How many events in a row prove it. */
const witnesses = 16;

/**
 * The latest event time so far. A clock that believed every event would be set to 2099 by a single dirty one, and every event after it would
 * be too late. So an event that is more than a day ahead moves it only when the next ones are ahead as well.
 */
export class EventClock {
  private latest: number | undefined;
  /** The times of the last events in a row that were too far ahead. */
  private ahead: number[] = [];
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

  see(event: unknown): void {
    const time = this.timeOf(event);
    if (time === undefined) return;
    if (this.latest !== undefined && time <= this.latest + jump) {
      this.latest = Math.max(this.latest, time);
      if (this.ahead.length > 0) this.ahead = [];
      return;
    }
    this.ahead.push(time);
    if (this.ahead.length < witnesses) return;
    this.latest = latestOf(this.ahead);
    this.ahead = [];
  }

  /** Believes the last events, which none follow. */
  end(): void {
    if (this.ahead.length > 0) this.latest = Math.max(...this.ahead, this.latest ?? Number.NEGATIVE_INFINITY);
    this.ahead = [];
  }

  /** Undefined before the first event. */
  get time(): Date | undefined {
    const time = this.latest ?? (this.ahead.length > 0 ? latestOf(this.ahead) : undefined);
    return time === undefined ? undefined : new Date(time);
  }
}

/** The latest of some times that can be reached from the earliest without a jump. */
function latestOf(times: readonly number[]): number {
  const [first = 0, ...rest] = [...times].sort((a, b) => a - b);
  return rest.reduce((latest, time) => (time <= latest + jump ? time : latest), first);
}
