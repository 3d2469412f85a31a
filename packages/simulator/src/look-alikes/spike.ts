import { personRows } from '../script/person.ts';
import type { Stage } from '../script/stage.ts';
import { fadingDelay } from './spread.ts';

/** A crowd of people who come for the same reason. Shares are in percent. */
export interface Spike {
  readonly load: number;
  readonly duration: number;
  /** Visitors who are customers already. */
  readonly known: number;
  /** Visitors who buy. */
  readonly buyers: number;
  /** The products that the crowd looks at. Defaults to the shop's. */
  readonly products?: readonly number[];
  /** The first product of everybody. */
  readonly landing?: number;
}

/** Plays a crowd of people inside the stage's time: all of them visit as people do. */
export function playSpike(stage: Stage, spike: Spike): void {
  const { random, slot } = stage;
  const duration = Math.min(spike.duration, slot.to - slot.from);
  const begin = stage.beginInSlot(duration);
  const planned = stage.rowsOfLoad(begin, duration, spike.load);
  for (let written = 0; written < planned; ) {
    const session = stage.newSession(stage.visitor(spike.known));
    const start = begin + fadingDelay(random, duration);
    const { products, landing } = spike;
    const rows = personRows(stage, {
      buys: random.below(100) < spike.buyers,
      ...(products ? { products } : {}),
      ...(landing === undefined ? {} : { landing }),
    });
    for (const { after, type, product } of rows) stage.add(session, start + after, type, product);
    written += rows.length;
  }
}
