import { hash } from 'node:crypto';
import { basename } from 'node:path';

/** How far a shard is: its last record, how many there were, and a digest of all of them in their order. */
export interface ShardPosition {
  /** The sequence number of the last record. */
  readonly last: string;
  readonly records: number;
  /** In hex. */
  readonly digest: string;
}

/** A complete file of records of one shard. */
export interface LandedFile {
  readonly path: string;
  readonly shard: string;
  /** Its lines that are records. */
  readonly records: number;
  /** Of the shard, with this file. */
  readonly end: ShardPosition;
}

/** The beginning of a shard. */
export const shardStart: ShardPosition = { last: '-1', records: 0, digest: '' };

const namePattern = /^(.+)-(\d{1,128})-(\d{1,128})\.jsonl$/;

/** The name of a file: its shard and the sequence numbers of its first and last record. */
export const landedName = (shard: string, first: string, last: string): string =>
  `${shard}-${first}-${last}.jsonl`;

/** What the name of a landed file says; undefined for other files. */
export function readLandedName(
  path: string,
): { readonly shard: string; readonly first: string; readonly last: string } | undefined {
  const [, shard, first, last] = namePattern.exec(basename(path)) ?? [];
  return shard === undefined || first === undefined || last === undefined
    ? undefined
    : { shard, first, last };
}

/** The position after another record. Sequence numbers have up to 56 digits, so they are compared as BigInt. */
export const positionAfter = (
  { records, digest }: ShardPosition,
  sequenceNumber: string,
  line: Uint8Array,
): ShardPosition => ({
  last: sequenceNumber,
  records: records + 1,
  digest: hash('sha256', Buffer.concat([Buffer.from(digest, 'hex'), line])),
});

/** Whether a sequence number comes after the last one of a position. */
export const isAfter = (sequenceNumber: string, { last }: ShardPosition): boolean =>
  BigInt(sequenceNumber) > BigInt(last);
