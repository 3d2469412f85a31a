import { Calendar, firstDayOf, type Grain, plusDays } from './calendar.ts';
import type { PlainEvent, PlainShop } from './plain-event.ts';

/** What a metric is asked, as `runMetric` takes it. */
export interface Parameters {
  readonly from: string;
  readonly to: string;
  readonly grain?: Grain;
  readonly by?: By | 'none';
  readonly [own: string]: unknown;
}

/** What answers are broken down by. */
export type By = keyof typeof things | 'hour' | 'weekday';

/** A part of a break-down; `undefined` without one. */
export type Part = string | number | null | undefined;

const things = {
  category: (event: PlainEvent) => event.category,
  brand: (event: PlainEvent) => event.brand,
  product: (event: PlainEvent) => event.item,
};

/** One question to a shop: its range, its periods, its parts. */
export class Question {
  readonly shop: PlainShop;
  readonly parameters: Parameters;
  readonly calendar: Calendar;
  readonly by: By | undefined;
  private readonly start: number;
  private readonly end: number;

  constructor(shop: PlainShop, parameters: Parameters) {
    this.shop = shop;
    this.parameters = parameters;
    this.calendar = new Calendar(typeof parameters['zone'] === 'string' ? parameters['zone'] : shop.zone);
    this.by = parameters.by === 'none' ? undefined : parameters.by;
    this.start = this.calendar.startOf(parameters.from).getTime();
    this.end = this.calendar.startOf(plusDays(parameters.to, 1)).getTime();
  }

  /** Whether an instant is on one of the days asked for. */
  inRange(time: Date): boolean {
    return time.getTime() >= this.start && time.getTime() < this.end;
  }

  /** The events of the range. */
  get events(): PlainEvent[] {
    return this.shop.events.filter(({ time }) => this.inRange(time));
  }

  /** A number that a metric has a default for. */
  number(name: string, fallback: number): number {
    const given = this.parameters[name];
    return typeof given === 'number' ? given : fallback;
  }

  /** The period of an instant. Broken down, the range is one period unless a grain is asked for. */
  periodOf(time: Date, fallback: Grain): string {
    const { from, to, grain = this.by ? 'all' : fallback } = this.parameters;
    if (grain === 'all') return `${from}/${to}`;
    const local = this.calendar.at(time);
    return grain === 'hour' ? local.hourText : firstDayOf(grain, local.day);
  }

  /** Whether the answer is by category, brand or product. */
  get isByThing(): boolean {
    return this.by !== undefined && this.by in things;
  }

  /** The category, brand or product of an event, where the answer is by that. */
  thingOf(event: PlainEvent): Part {
    return this.isByThing ? things[this.by as keyof typeof things](event) : undefined;
  }

  /** The hour or weekday of an instant, where the answer is by that. */
  slotOf(time: Date): Part {
    if (this.by !== 'hour' && this.by !== 'weekday') return undefined;
    return this.calendar.at(time)[this.by];
  }

  /** The part that an event is in, whatever the answer is by. */
  partOf(event: PlainEvent): Part {
    return this.isByThing ? this.thingOf(event) : this.slotOf(event.time);
  }

  /** The column that the break-down adds to a row. */
  partColumn(part: Part): Record<string, Part> {
    return this.by === undefined ? {} : { [this.by]: part };
  }
}
