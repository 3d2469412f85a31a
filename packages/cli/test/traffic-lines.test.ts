import { expect, test } from 'vitest';
import { trafficLines } from '../src/lake/traffic-lines.ts';

test('a load to S3 says what it moved, what it asked and what that costs', () => {
  const traffic = {
    ...{ bytesPut: 12_300_000, bytesCopied: 12_200_000, bytesDeleted: 0 },
    ...{ requests: { writes: 1234, reads: 1, deletes: 2 }, price: 0.0061704 },
  };
  expect(trafficLines({ traffic })).toEqual([
    'on S3: 12.3 MB uploaded, 12.2 MB copied, 0 B removed; 1,234 PUT, COPY and LIST requests, 1 other: about 0.0062 USD',
  ]);
});

test('a lake in a folder has nothing to say', () => {
  expect(trafficLines({ traffic: null })).toEqual([]);
});
