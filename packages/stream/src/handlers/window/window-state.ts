import { gzipSync } from 'node:zlib';
import { mostItemBytes, packJson, unpackJson } from './packed-json.ts';

/** The state of a tumbling window between two deliveries of a shard. */
export interface WindowState {
  /** The sequence number of the last record that it has counted. */
  readonly stamp: string;
  readonly memory: unknown;
}

/** A state in the size that the service takes. */
export interface PackedState {
  readonly state: WindowState;
  /** Whether nothing was left out to make it fit. */
  readonly isWhole: boolean;
  /** How much was left out. */
  readonly smaller: number;
  /** As bytes for an item of DynamoDB, which takes 400 KB. */
  packed(): Uint8Array;
}

/**
 * Bytes of a state as JSON at most. Lambda takes 1 MB (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html), and ends the
 * window early above it. Compressed, this much fits an item.
 */
const mostBytes = 600_000;
/** How often less is kept before the state is given up. */
const mostTries = 12;

/**
 * Takes the snapshot that fits.
 *
 * @param snapshot gives the less the larger its parameter is
 * @param first where to begin: what was left out last time, so that larger ones are not made in vain. Defaults to 0
 */
export function packState(stamp: string, snapshot: (smaller: number) => unknown, first = 0): PackedState {
  for (let smaller = first; ; smaller++) {
    const state: WindowState = { stamp, memory: smaller === mostTries ? undefined : snapshot(smaller) };
    const text = JSON.stringify(state);
    if (Buffer.byteLength(text) <= mostBytes || smaller === mostTries)
      return { state, isWhole: smaller === 0, smaller, packed: () => gzipSync(text) };
  }
}

/** The largest snapshot that fits an item when it is compressed, for a state that is not whole. */
export function packLargest(
  stamp: string,
  snapshot: (smaller: number) => unknown,
  { smaller: most, packed }: PackedState,
): Uint8Array {
  for (let smaller = Math.max(0, most - 3); smaller < most; smaller++) {
    const bytes = packJson({ stamp, memory: snapshot(smaller) } satisfies WindowState);
    if (bytes.length <= mostItemBytes) return bytes;
  }
  return packed();
}

/** Reads what `packed` gave. */
export const unpackState = (bytes: Uint8Array): WindowState => unpackJson(bytes);
