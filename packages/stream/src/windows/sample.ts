import type { TakenEvent } from './event-intake.ts';

/** A row that shows what was counted. */
export type Sample = TakenEvent;

/** Rows that are kept of each subject in a slice of time, and shown with a finding. */
const most = 3;

const isBefore = (one: Sample, other: Sample): boolean =>
  one.time < other.time || (one.time === other.time && one.id < other.id);

/** Keeps the first rows by time, so that the order of arrival does not decide which they are. */
export function addSample(samples: Sample[], sample: Sample): void {
  const last = samples.at(-1);
  if (samples.length === most && last !== undefined && !isBefore(sample, last)) return;
  if (samples.length === most) samples.pop();
  const place = samples.findIndex((one) => isBefore(sample, one));
  samples.splice(place < 0 ? samples.length : place, 0, sample);
}
