import { HeadwaterError } from '@headwater/core';
import { type LineRules, MaskTaken, NeedsCopy } from './block-scanner.ts';
import { columnGap, jsonColumnGap, membersOf } from './column-gap.ts';
import { csvLayout } from './csv-layout.ts';
import { masks } from './csv-line.ts';
import type { IdentifiedInput } from './identify-input.ts';
import { lineBlocks, type TextSource } from './line-blocks.ts';
import { type LineScan, scanLines } from './line-scan.ts';
import { assertByName } from './position-layout.ts';
import type { InspectedInput, PrepareOptions } from './prepared-input.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

/** Inspects a file of lines. The engine reads the file itself where it can, and else a copy of its good lines. */
export async function prepareText(
  source: string,
  path: string,
  { format, compression, start }: IdentifiedInput,
  options: PrepareOptions,
): Promise<InspectedInput> {
  const { schema, hints, copyTo } = options;
  if (format === 'jsonl') assertByName(schema, source, 'JSON Lines');
  // Files of old Macs: the whole beginning has no other line end.
  const endsWithCr = start.includes(CR) && !start.includes(LF);
  const text: TextSource = { path, compression, endsWithCr };
  const firstLine = await firstLineOf(text, start);
  const csv = format === 'csv' ? csvLayout(schema, source, firstLine, hints) : undefined;
  const shape = csv && {
    delimiter: Buffer.from(csv.delimiter),
    width: csv.width,
    hasHeader: csv.hasHeader,
  };
  const needsCopy = compression !== 'none' || endsWithCr || (csv && start.includes(QUOTE, headerEnd(start)));
  const scan = await scanAsNeeded(text, source, shape, needsCopy ? copyTo : undefined, options);
  return {
    path: scan.copy ? copyTo : path,
    hash: scan.hash,
    bytes: scan.bytes,
    rows: scan.rows,
    layout: csv ? { kind: 'csv', csv, scan } : { kind: 'jsonl', names: membersOf(firstLine), scan },
    gap: csv ? columnGap(schema, csv.fields, csv.positions) : jsonColumnGap(schema, firstLine),
  };
}

/** A file's first line that is not blank, decoded, without its byte-order mark. */
async function firstLineOf(text: TextSource, start: Buffer): Promise<string> {
  // Nearly always the first bytes hold it.
  if (!text.endsWithCr && headerEnd(start) < start.length) return lineIn(start);
  for await (const block of lineBlocks(text)) {
    const line = lineIn(block);
    if (line !== '') return line;
  }
  return '';
}

const lineIn = (block: Buffer): string =>
  block
    .toString('utf8', 0, headerEnd(block))
    .replace(/^\ufeff/, '')
    .replace(/^[\r\n]+|\r+$/g, '');

/** The end of the first line in a block that is not blank. */
function headerEnd(block: Buffer): number {
  let start = block[0] === 0xef ? 3 : 0;
  while (block[start] === LF || block[start] === CR) start += 1;
  const end = block.indexOf(LF, start);
  return end === -1 ? block.length : end;
}

/** Scans the file; again with a copy when it needs one, and with another mask when it contains the first. */
async function scanAsNeeded(
  text: TextSource,
  source: string,
  shape: Omit<NonNullable<LineRules['csv']>, 'mask'> | undefined,
  copyTo: string | undefined,
  { copyTo: ifNeeded, onKept, onRestart, onBytes, signal }: PrepareOptions,
): Promise<LineScan> {
  const untaken = masks.filter((mask) => shape?.delimiter[0] !== mask).values();
  // A second pass reports only what the first has not.
  let reported = 0;
  for (let target = copyTo, mask = untaken.next().value; mask !== undefined; ) {
    let read = 0;
    try {
      return await scanLines(text, {
        csv: shape && { ...shape, mask },
        copyTo: target,
        onKept,
        onBytes(bytes) {
          read += bytes;
          if (read <= reported) return;
          onBytes?.(read - reported);
          reported = read;
        },
        signal,
      });
    } catch (error) {
      if (error instanceof NeedsCopy && target === undefined) target = ifNeeded;
      else if (error instanceof MaskTaken) mask = untaken.next().value;
      else throw error;
      await onRestart();
    }
  }
  const problem = 'it holds almost every control character, so it is no text';
  throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });
}
