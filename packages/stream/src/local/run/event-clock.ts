/** The latest event time so far. */
export class EventClock {
  private latest = Number.NEGATIVE_INFINITY;
  private readonly column: string | undefined;

  /** @param column the column of the role `time` */
  constructor(column: string | undefined) {
    this.column = column;
  }

  see(event: unknown): void {
    const time = (event as Readonly<Record<string, unknown>>)[this.column ?? ''];
    if (time instanceof Date && time.getTime() > this.latest) this.latest = time.getTime();
  }

  /** Undefined before the first event. */
  get time(): Date | undefined {
    return this.latest === Number.NEGATIVE_INFINITY ? undefined : new Date(this.latest);
  }
}
