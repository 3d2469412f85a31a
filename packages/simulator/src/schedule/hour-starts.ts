import type { Random } from '../random/random.ts';
import type { Arrivals } from './arrivals.ts';

/** Gives the sessions that begin in each second of an hour: the planned number, at random seconds. */
export class HourStarts {
  private readonly random: Random;
  private readonly arrivals: readonly Arrivals[];
  /** The end of each second's starts in `streams`. */
  private readonly ends = new Int32Array(3601);
  private streams = new Uint8Array(1024);
  private taken = 0;
  private second = -1;

  constructor(random: Random, arrivals: readonly Arrivals[]) {
    this.random = random;
    this.arrivals = arrivals;
  }

  /** Draws the starts of an hour. */
  turnTo(hour: number): void {
    const counts = this.arrivals.map((arrivals) => arrivals.inHour(hour));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (this.streams.length < total) this.streams = new Uint8Array(total * 2);
    const seconds = new Int16Array(total);
    const { ends, random } = this;
    ends.fill(0);
    for (let i = 0; i < total; i++) {
      const second = random.below(3600);
      seconds[i] = second;
      ends[second + 1] = (ends[second + 1] ?? 0) + 1;
    }
    for (let second = 0; second < 3600; second++)
      ends[second + 1] = (ends[second + 1] ?? 0) + (ends[second] ?? 0);
    // Now ends[s] is the beginning of second s. Filling moves it to the end of second s.
    let drawn = 0;
    for (const [stream, count] of counts.entries())
      for (let i = 0; i < count; i++) {
        const second = seconds[drawn++] ?? 0;
        const place = ends[second] ?? 0;
        this.streams[place] = stream;
        ends[second] = place + 1;
      }
    this.taken = 0;
    this.second = -1;
  }

  nextSecond(): void {
    this.second++;
  }

  /** The stream of the next session that begins in this second. -1 when no session remains. */
  take(): number {
    if (this.taken >= (this.ends[this.second] ?? 0)) return -1;
    return this.streams[this.taken++] ?? -1;
  }
}
