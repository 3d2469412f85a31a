import { createHash } from 'node:crypto';
import type { FindingKey } from '../../alerts/finding.ts';
import type { WindowShare } from '../../windows/share-store.ts';

/** The key of an item: an index signature, since the client takes it as one. */
export type ItemKey = { PK: { S: string }; SK: { S: string } };

/** A partition key may have 2,048 bytes and a sort key 1,024. Ids that are longer are known by their digest. */
const longest = 600;

const fitted = (text: string): string =>
  Buffer.byteLength(text) <= longest ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;

const key = (partition: readonly string[], sort: string): ItemKey => ({
  PK: { S: partition.map(fitted).join('#') },
  SK: { S: fitted(sort) },
});

/** The keys of items in the table of live state. Each begins with what it is, then the table of events. */
export const alertKeys = {
  incident: (table: string, { kind, subjectType, subject }: FindingKey): ItemKey =>
    key(['ALERT', table, kind, subjectType, subject], 'INCIDENT'),
  /** The part of the index of active sessions that lists incidents. */
  list: (table: string) => ({ S: fitted(`ALERTS#${table}`) }),
  /** The shares of a window are one partition, so that one query adds them up. */
  share: (table: string, { kind, subject, end, shard }: WindowShare): ItemKey =>
    key(['WINDOW', table, kind, String(end), subject], shard),
  /** The summaries of shards are one partition, so that one query reads them all. */
  summary: (table: string, name: string, shard: string): ItemKey => key(['SUMMARY', table, name], shard),
  carry: (table: string, name: string): ItemKey => key(['CARRY', table, name], 'CARRY'),
  once: (table: string, id: string): ItemKey => key(['ONCE', table, id], 'ONCE'),
} as const;
