import { zoneOffsets } from '@headwater/core/internal';

/** A time by the shop's own clock. */
export interface LocalTime {
  /** Number of the local day since 1970. */
  readonly day: number;
  /** Minutes since local midnight. */
  readonly minute: number;
}

/** Reads instants by the clock of a zone: the same local time is the same time of day before and after the clocks change. */
export function createLocalClock(zone: string): (time: number) => LocalTime {
  return (time) => {
    const at = new Date(time);
    const offset = zoneOffsets(zone, at, at)[0]?.offsetMilliseconds ?? 0;
    const minutes = Math.floor((time + offset) / 60_000);
    const day = Math.floor(minutes / 1440);
    return { day, minute: minutes - day * 1440 };
  };
}
