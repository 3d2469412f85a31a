import { gunzipSync, gzipSync } from 'node:zlib';

/** Bytes of an item of DynamoDB at most, with room for its keys. */
export const mostItemBytes = 380_000;

/** Plain data as compressed JSON, for an item of DynamoDB. */
export const packJson = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value));

/** Reads what {@link packJson} gave. */
export const unpackJson = <Value>(bytes: Uint8Array): Value => JSON.parse(gunzipSync(bytes).toString('utf8'));
