import { HeadwaterError } from '@headwater/core';
import { type LineRules, MaskTaken, NeedsCopy } from './block-scanner.ts';
import { masks } from './csv-line.ts';
import type { IdentifiedInput } from './identify-input.ts';
import type { TextSource } from './line-blocks.ts';
import { type LineScan, scanLines } from './line-scan.ts';
import type { InspectedInput, PrepareOptions } from './prepared-input.ts';
import { headerEnd, textLayout } from './text-layout.ts';

const QUOTE = 34;

/** Inspects a file of lines. The engine reads the file itself where it can, and else a copy of its good lines. */
export async function prepareText(
  source: string,
  path: string,
  identified: IdentifiedInput,
  options: PrepareOptions,
): Promise<InspectedInput> {
  const { schema, hints, copyTo } = options;
  const { compression, start } = identified;
  const { text, csv, names, gap } = await textLayout(source, path, identified, schema, hints);
  const shape = csv && {
    delimiter: Buffer.from(csv.delimiter),
    width: csv.width,
    hasHeader: csv.hasHeader,
  };
  const needsCopy =
    compression !== 'none' || text.endsWithCr || (csv && start.includes(QUOTE, headerEnd(start)));
  const scan = await scanAsNeeded(text, source, shape, needsCopy ? copyTo : undefined, options);
  return {
    path: scan.copy ? copyTo : path,
    hash: scan.hash,
    bytes: scan.bytes,
    rows: scan.rows,
    layout: csv ? { kind: 'csv', csv, scan } : { kind: 'jsonl', names, scan },
    gap,
  };
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
