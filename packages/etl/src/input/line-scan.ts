import { isAscii } from 'node:buffer';
import { open } from 'node:fs/promises';
import { createXXHash128 } from 'hash-wasm';
import { createBlockScanner, type LineRules, NeedsCopy } from './block-scanner.ts';
import { lineBlocks, type TextSource } from './line-blocks.ts';

/** What a pass over a text file's bytes finds. */
export interface LineScan {
  readonly hash: string;
  readonly bytes: number;
  /** Lines that are rows. Counted from the bytes, apart from the engine that parses them. */
  readonly rows: number;
  /** Bytes of the longest line that the engine reads, where one is long; else 0. */
  readonly longest: number;
  /** Whether the only white space in fields is the space. */
  readonly spacesOnly: boolean;
  readonly newline: '\n' | '\r\n';
  /** How the copy differs from the file; undefined where the engine reads the file itself. */
  readonly copy: { readonly mask: number; readonly masked: readonly number[] } | undefined;
}

export interface ScanOptions extends LineRules {
  /** Where to write a copy of the rows, after a line that the engine skips. Needed for packed or quoted files, and broken lines. */
  readonly copyTo?: string | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The copy cannot be written: the fault of the disk, and not of the file that is read. */
export class CopyFailed extends Error {}

const TAB = 9;
const LF = 10;
const VT = 11;
const FF = 12;
const CR = 13;
const QUOTE = 34;
const lineEnd = Buffer.from('\n');
/** The first line of every copy. The engine skips it, and so takes no byte-order mark of a line for that of the file. */
const skippedLine = Buffer.from('-\n');

/**
 * Reads a text file's bytes once: hashes them, counts rows, and finds the lines that the engine would misread. A record is
 * one line: a quote that does not close on its line is broken, because a reader that looks further
 * swallows every good row up to the next quote.
 *
 * @throws NeedsCopy when there is no `copyTo`, and the engine cannot read the file itself: call again with one
 * @throws MaskTaken when the mask occurs in the file: call again with another
 * @throws CopyFailed when the copy cannot be written
 */
export async function scanLines(source: TextSource, options: ScanOptions): Promise<LineScan> {
  const { csv, copyTo, onBytes, signal } = options;
  if ((source.compression !== 'none' || source.endsWithCr) && !copyTo) throw new NeedsCopy('other bytes');
  const hasher = await createXXHash128();
  hasher.init();
  let bytes = 0;
  const measure = (chunk: Buffer): void => {
    hasher.update(chunk);
    bytes += chunk.length;
    onBytes?.(chunk.length);
  };
  const scanner = createBlockScanner({ csv, onKept: copyTo ? options.onKept : undefined });
  const white = { hasQuote: false, hasTab: false, hasOther: false };
  const copy = copyTo ? await openCopy(copyTo) : undefined;
  try {
    await copy?.write(skippedLine);
    let isFirst = true;
    for await (const read of lineBlocks(source, measure)) {
      signal?.throwIfAborted();
      // A mark at the beginning is the file's, and no part of its first line; the engine skips it, too.
      const block = isFirst && startsWithMark(read) ? read.subarray(byteOrderMark.length) : read;
      isFirst = false;
      if (block.length === 0) continue;
      white.hasQuote ||= csv !== undefined && block.includes(QUOTE);
      white.hasTab ||= block.includes(TAB);
      white.hasOther ||= hasOtherSpace(block);
      // A last line without an end is a line like any other; whether it was cut off shows in its fields.
      const isWhole = block.at(-1) === LF;
      if (!isWhole && block.at(-1) === CR && !copy) throw new NeedsCopy('half of a line end');
      const passed = scanner.scan(isWhole ? block : Buffer.concat([block, lineEnd]));
      if (!isWhole) scanner.facts.ends -= 1;
      await copy?.write(passed);
    }
  } finally {
    await copy?.close();
  }
  const { rows, ends, crlf, longest } = scanner.facts;
  if (!copy && crlf > 0 && crlf !== ends) throw new NeedsCopy('line ends of two kinds');
  const isTabWhite = csv?.delimiter[0] !== TAB || white.hasQuote;
  return {
    hash: hasher.digest(),
    bytes,
    rows,
    longest,
    spacesOnly: !white.hasOther && !(white.hasTab && isTabWhite),
    newline: crlf > 0 && !copy ? '\r\n' : '\n',
    copy: copy && { mask: csv?.mask ?? 0, masked: [...scanner.masked] },
  };
}

async function openCopy(path: string) {
  const failed = (cause: Error): never => {
    throw new CopyFailed(cause.message, { cause });
  };
  const handle = await open(path, 'w').catch(failed);
  return {
    write: (bytes: Buffer): Promise<void> => handle.appendFile(bytes).catch(failed),
    close: (): Promise<void> => handle.close().catch(failed),
  };
}

const noBreakSpace = Buffer.from('\u00a0');
const byteOrderMark = Buffer.from('\ufeff');

const startsWithMark = (bytes: Buffer): boolean =>
  bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);

/** White space (`whiteSpace` in core) that is not a space, a tab, or part of a line end. */
function hasOtherSpace(block: Buffer): boolean {
  if (block.includes(VT) || block.includes(FF)) return true;
  return !isAscii(block) && (block.includes(noBreakSpace) || block.includes(byteOrderMark));
}
