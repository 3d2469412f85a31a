import { fixedOffset } from './fixed-offset.ts';

/** Whether a zone is UTC by name or by offset. An omitted zone is UTC. A place whose clock shows UTC is not: it may change. */
export const isUtc = (zone: string | undefined): zone is undefined | 'UTC' =>
  zone === undefined || fixedOffset(zone) === 0;
