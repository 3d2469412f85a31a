import type { TableSchema } from '@headwater/core';
import { isUtc } from '@headwater/core/internal';

/** What the zone of an answer follows from. */
export interface ZoneSource {
  /** The table that is asked. */
  readonly schema?: Pick<TableSchema, 'zone'> | undefined;
  /** The zone of the question. */
  readonly zone?: string | undefined;
}

/** The zone of an answer: that of the question, else that of the table; undefined for UTC. */
export function answerZone({ schema, zone = schema?.zone }: ZoneSource): string | undefined {
  return isUtc(zone) ? undefined : zone;
}

/** A sentence of a metric, which says UTC, with the zone of an answer in its place. */
export const zoneWords = (text: string, zone: string | undefined): string =>
  zone === undefined ? text : text.replaceAll(/\bUTC\b/g, zone);
