import { isAscii, isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { RejectCode } from '@headwater/core';
import { createXXHash128 } from 'hash-wasm';
import { brokenCode, escapeBytes } from './broken-line.ts';
import type { Compression } from './input-file.ts';
import { lineBlocks } from './line-blocks.ts';

/** A line that the engine's reader must not see, with its place. `code` null means blank: not a row at all. */
export interface BrokenLine {
  readonly line: number;
  readonly code: RejectCode | null;
  readonly text: string;
}

/** What a pass over a text file's bytes finds. */
export interface LineScan {
  readonly hash: string;
  readonly bytes: number;
  /** Lines that hold something, header included. Counted from the bytes, apart from the engine that parses them. */
  readonly lines: number;
  readonly hasQuote: boolean;
  /** Whether the only white space in fields is the space. */
  readonly spacesOnly: boolean;
  readonly newline: '\n' | '\r\n';
  /** Whether the bytes differ from the file's own: unpacked, or with broken lines taken out. */
  readonly copied: boolean;
}

const TAB = 9;
const LF = 10;
const VT = 11;
const FF = 12;
const CR = 13;
const QUOTE = 34;
const lineEnd = Buffer.from('\n');

export interface LineScanOptions {
  readonly compression: Compression;
  /** Delimiter byte; null where quotes mean nothing (JSON Lines). */
  readonly delimiter: number | null;
  /** Write the good lines here. Needed once anything is packed or broken. */
  readonly copyTo?: string;
  /** Called for every line kept back. Only with `copyTo`. */
  readonly onBroken?: (line: BrokenLine) => void;
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A file that can only be read correctly after a copy without its broken lines has been made. */
export class NeedsCopy extends Error {}

/**
 * Reads a text file's bytes once: hashes them, counts lines, and finds the lines that would lead the engine's reader
 * astray. A record is one line: a quote that does not close on its line is broken, because a reader that looks further
 * swallows every good row up to the next quote.
 *
 * @throws NeedsCopy when a broken line is met and there is no `copyTo`: call again with one
 */
export async function scanLines(path: string, options: LineScanOptions): Promise<LineScan> {
  const { compression, copyTo, onBytes, signal } = options;
  const hasher = await createXXHash128();
  hasher.init();
  let bytes = 0;
  const state: ScanState = {
    lines: 0,
    line: 0,
    hasQuote: false,
    hasTab: false,
    hasOtherSpace: false,
    crlf: 0,
    lf: 0,
  };
  const measure = (chunk: Buffer): void => {
    hasher.update(chunk);
    bytes += chunk.length;
    onBytes?.(chunk.length);
  };
  const out = copyTo ? await open(copyTo, 'w') : undefined;
  try {
    const keep = async (good: Buffer): Promise<void> => out?.appendFile(good);
    for await (const block of lineBlocks(path, compression, measure)) {
      signal?.throwIfAborted();
      if (block.at(-1) === LF) await scanBlock(block, state, options, keep);
      else {
        // A last line without an end is a line like any other; whether it was cut off shows in its fields.
        await scanBlock(Buffer.concat([block, lineEnd]), state, options, keep);
        state.lf -= 1;
      }
    }
  } finally {
    await out?.close();
  }
  if (!out && state.crlf > 0 && state.crlf !== state.lf) throw new NeedsCopy('the file mixes line ends');
  const windows = state.crlf > 0 && !out;
  return {
    hash: hasher.digest(),
    bytes,
    lines: state.lines,
    hasQuote: state.hasQuote,
    spacesOnly: !state.hasOtherSpace && !(state.hasTab && (state.hasQuote || options.delimiter !== TAB)),
    newline: windows ? '\r\n' : '\n',
    copied: out !== undefined,
  };
}

/** A file's first line, decoded, without its byte-order mark. */
export async function firstLineOf(path: string, compression: Compression): Promise<string> {
  for await (const block of lineBlocks(path, compression)) return firstLineIn(block);
  return '';
}

function firstLineIn(block: Buffer): string {
  const end = block.indexOf(LF);
  const line = end === -1 ? block.toString() : block.subarray(0, end).toString();
  return line.replace(/\r$/, '').replace(/^\ufeff/, '');
}

interface ScanState {
  lines: number;
  line: number;
  hasQuote: boolean;
  hasTab: boolean;
  hasOtherSpace: boolean;
  crlf: number;
  lf: number;
}

/** Scans whole lines. The common block (valid UTF-8, no quotes, no carriage returns, no blank line) is one pass for line ends. */
async function scanBlock(
  block: Buffer,
  state: ScanState,
  options: LineScanOptions,
  keep: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const quoted = options.delimiter !== null && block.includes(QUOTE);
  const careful = quoted || block.includes(CR) || !isUtf8(block);
  state.hasQuote ||= quoted;
  state.hasTab ||= block.includes(TAB);
  state.hasOtherSpace ||= hasOtherSpace(block);
  if (!careful) {
    let lines = 0;
    let start = 0;
    let blank = false;
    for (let end = block.indexOf(LF); end !== -1; end = block.indexOf(LF, start)) {
      if (end === start) {
        blank = true;
        break;
      }
      lines += 1;
      start = end + 1;
    }
    if (!blank) {
      state.lines += lines;
      state.line += lines;
      state.lf += lines;
      await keep(block);
      return;
    }
  }
  await scanEachLine(block, state, options, keep);
}

const noBreakSpace = Buffer.from('\u00a0');
const byteOrderMark = Buffer.from('\ufeff');

/** White space (`whiteSpace` in core) that is not a space, a tab, or part of a line end. */
function hasOtherSpace(block: Buffer): boolean {
  if (block.includes(VT) || block.includes(FF)) return true;
  return !isAscii(block) && (block.includes(noBreakSpace) || block.includes(byteOrderMark));
}

async function scanEachLine(
  block: Buffer,
  state: ScanState,
  options: LineScanOptions,
  keep: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const good: Buffer[] = [];
  let start = 0;
  for (let end = block.indexOf(LF); end !== -1; end = block.indexOf(LF, start)) {
    const hasCr = end > start && block[end - 1] === CR;
    const line = block.subarray(start, hasCr ? end - 1 : end);
    start = end + 1;
    state.line += 1;
    state.lf += 1;
    if (hasCr) state.crlf += 1;
    const code = line.length === 0 ? null : brokenCode(line, options.delimiter);
    if (code !== null) state.lines += 1;
    if (options.copyTo === undefined) {
      if (code !== undefined) throw new NeedsCopy('the file has lines that the reader must not see');
    } else if (code === undefined) {
      good.push(line, lineEnd);
    } else
      options.onBroken?.({
        line: state.line,
        code,
        text: code === 'not_utf8' ? escapeBytes(line) : line.toString(),
      });
  }
  if (options.copyTo !== undefined) await keep(Buffer.concat(good));
}
