import { eventTypes } from '../event-types.ts';
import type { Simulation } from '../simulation.ts';
import { ProductText } from './product-text.ts';
import type { TextFormat } from './text-format.ts';
import { uuidText } from './uuid-text.ts';

/** More bytes than any row of any format has. */
export const longestRow = 1024;
/** Bytes reserved for the rendered end of each open session. */
const sessionRoom = 112;
const timeLength = '2019-10-01 00:00:00 UTC'.length;

const putTwoDigits = (bytes: Buffer, at: number, value: number): void => {
  const tens = Math.floor(value / 10);
  bytes[at] = 48 + tens;
  bytes[at + 1] = 48 + value - tens * 10;
};

/**
 * Writes the simulation's current row as bytes. Products and sessions are rendered once, so that a row costs a copy of about
 * 120 bytes and no allocation.
 */
export class RowText {
  private readonly simulation: Simulation;
  private readonly format: TextFormat;
  private readonly products: ProductText;
  /** The opening with the time of the current second. It is rendered once per second. */
  private readonly time: Buffer;
  private timeSecond = -1;
  private timeDay = -1;
  private readonly types: readonly Buffer[];
  private sessions = Buffer.alloc(0);
  private sessionEnds = new Int32Array(0);
  private serials = new Int32Array(0);

  constructor(simulation: Simulation, format: TextFormat) {
    this.simulation = simulation;
    this.format = format;
    this.products = new ProductText(format, simulation.catalogue, simulation.prices);
    this.time = Buffer.from(format.opening + ' '.repeat(timeLength));
    this.types = eventTypes.map((name) => Buffer.from(format.eventType(name)));
  }

  /**
   * Writes the row into `into` from `at` on.
   *
   * @returns the end of the row, at most {@link longestRow} bytes later
   */
  write(into: Buffer, at: number): number {
    const { simulation, products } = this;
    const { slot, product } = simulation;
    if (this.timeSecond !== simulation.second) this.renderTime(simulation.second);
    if (this.serials[slot] !== simulation.slots.serial[slot]) this.renderSession(slot);
    products.refresh();
    const { time, sessions } = this;
    let end = at;
    // For such lengths a loop is faster than Buffer.copy, which creates a view of the source on every call.
    for (let i = 0; i < time.length; i++) into[end++] = time[i] ?? 0;
    const type = this.types[simulation.type] ?? time;
    for (let i = 0; i < type.length; i++) into[end++] = type[i] ?? 0;
    const productEnd = products.ends[product] ?? 0;
    for (let i = products.starts[product] ?? 0; i < productEnd; i++) into[end++] = products.bytes[i] ?? 0;
    const sessionEnd = this.sessionEnds[slot] ?? 0;
    for (let i = slot * sessionRoom; i < sessionEnd; i++) into[end++] = sessions[i] ?? 0;
    return end;
  }

  private renderTime(second: number): void {
    const { time } = this;
    const at = this.format.opening.length;
    this.timeSecond = second;
    const day = Math.floor(second / 86_400);
    if (day !== this.timeDay) {
      this.timeDay = day;
      time.write(`${new Date(second * 1000).toISOString().slice(0, 10)} 00:00:00 UTC`, at, 'latin1');
    }
    const ofDay = second - day * 86_400;
    const minutes = Math.floor(ofDay / 60);
    const hours = Math.floor(minutes / 60);
    putTwoDigits(time, at + 11, hours);
    putTwoDigits(time, at + 14, minutes - hours * 60);
    putTwoDigits(time, at + 17, ofDay - minutes * 60);
  }

  private renderSession(slot: number): void {
    const { slots, userIds } = this.simulation;
    if (this.serials.length < slots.capacity) {
      const sessions = Buffer.alloc(slots.capacity * sessionRoom);
      this.sessions.copy(sessions);
      this.sessions = sessions;
      const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
        const larger = new Int32Array(slots.capacity);
        larger.set(old);
        return larger;
      };
      this.sessionEnds = grown(this.sessionEnds);
      this.serials = grown(this.serials);
    }
    const text = this.format.session(userIds.textOf(slots.user[slot] ?? 0), uuidText(slots.uuid, slot));
    this.sessionEnds[slot] = slot * sessionRoom + this.sessions.write(text, slot * sessionRoom, 'latin1');
    this.serials[slot] = slots.serial[slot] ?? 0;
  }
}
