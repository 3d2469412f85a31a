import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';

const csv = Buffer.from(`${[header, ...rowsOfDays(3_000, 2)].join('\n')}\n`);
const names = header.split(',');
const json = Buffer.from(
  rowsOfDays(3_000, 2)
    .map((row) =>
      JSON.stringify(Object.fromEntries(row.split(',').map((text, index) => [names[index], text]))),
    )
    .join('\n'),
);
const none = Buffer.alloc(0);
/** Frames that zstd skips (https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2), of any of the sixteen kinds. */
const skippable = (kind: number, content: Buffer): Buffer => {
  const header = Buffer.from([0x50 + kind, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
};
const zstd = (bytes: Buffer): Buffer => zstdCompressSync(bytes);
const withChecksum = (bytes: Buffer): Buffer =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_contentSizeFlag]: 0 },
  });
const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

const packings: Readonly<Record<string, (bytes: Buffer) => readonly Buffer[]>> = {
  'zst of two frames': (bytes) => pieces(bytes, bytes.length / 2).map(zstd),
  'zst of many small frames': (bytes) => pieces(bytes, 97).map(zstd),
  'zst with checksums and no sizes': (bytes) => pieces(bytes, 5_000).map(withChecksum),
  'zst with an empty first and last frame': (bytes) => [zstd(none), zstd(bytes), zstd(none)],
  'zst with a skippable first frame': (bytes) => [skippable(0, Buffer.from('made by')), zstd(bytes)],
  'zst with skippable frames between': (bytes) =>
    pieces(bytes, 20_000).flatMap((piece, index) => [
      zstd(piece),
      skippable(index % 16, Buffer.alloc(index * 400)),
    ]),
  'zst of one repeated byte before the rest': (bytes) => [zstd(Buffer.alloc(100_000, '\n')), zstd(bytes)],
  'gz of two members': (bytes) => pieces(bytes, bytes.length / 2).map((piece) => gzipSync(piece)),
  'gz of many members, some empty': (bytes) =>
    pieces(bytes, 777).flatMap((piece) => [gzipSync(piece), gzipSync(none)]),
  'gz with padding': (bytes) => [gzipSync(bytes), Buffer.alloc(1_000)],
};

test.each(Object.entries(packings))('every row of a %s is read', async (name, pack) => {
  const folder = await temporaryFolder();
  for (const [format, bytes] of [
    ['csv', csv],
    ['jsonl', json],
  ] as const) {
    const input = join(folder, `a.${format}.${name.split(' ')[0]}`);
    await writeFile(input, Buffer.concat(pack(bytes)));
    const report = await loadEvents({ table: events, lake: join(folder, `lake-${format}`), inputs: [input] });
    expect(report, format).toMatchObject({ rowsIn: 3_000, rowsOut: 3_000, duplicates: 0, quarantined: 0 });
  }
});
