import { isUtf8 } from 'node:buffer';
import type { RejectCode } from '@headwater/core';
import { escapeBytes } from '@headwater/core/internal';
import { type CsvShape, createUnquoter } from './csv-line.ts';
import { createLineCopy } from './line-copy.ts';

/** A line that the engine does not read. `code` is null for a line that is not a row: a blank one, or the header. */
export interface KeptLine {
  readonly line: number;
  readonly code: RejectCode | null;
  readonly text: string;
}

/** The rules that separate rows from other lines. */
export interface LineRules {
  /** Undefined for JSON Lines, where quotes and delimiters have no meaning. */
  readonly csv?: (CsvShape & { readonly hasHeader: boolean }) | undefined;
  /** Called for every line that the engine must not read. Without it, such a line throws {@link NeedsCopy}. */
  readonly onKept?: ((line: KeptLine) => void) | undefined;
}

/** Counts of the lines scanned so far. */
export interface LineFacts {
  /** Lines that are rows: neither blank nor the header. */
  rows: number;
  /** Line ends, and those of them with a carriage return. */
  ends: number;
  crlf: number;
  /** Bytes of the longest row that is passed on, where one is long; else 0. */
  longest: number;
}

/** Scans whole lines, block by block. */
export interface BlockScanner {
  readonly facts: LineFacts;
  /** Fields of a CSV file in which the mask replaces a delimiter. */
  readonly masked: ReadonlySet<number>;
  /**
   * @param block whole lines, the last with its line feed
   * @returns the lines to pass on: the block, or memory that is good until the next one
   */
  scan(block: Buffer): Buffer;
}

/** The engine can read this file only as a copy: rows alone, with plain line ends and no quotes. */
export class NeedsCopy extends Error {}
/** The mask occurs in the file, so it cannot replace delimiters. */
export class MaskTaken extends Error {}

const NUL = 0;
const LF = 10;
const CR = 13;
const QUOTE = 34;
/** Longer lines are rejected: the engine's buffers hold whole lines. */
const longestRow = 1 << 24;
/** The engine keeps 10,000 bytes of a line that it rejects, and fails when that cuts a character. So it never sees a longer one. */
const longCsvLine = 1 << 13;
const longJsonLine = 1 << 20;
/** The engine's delimiter for JSON Lines: control characters that JSON does not allow as they are. */
export const jsonDelimiter = '\x01\x02\x03\x04';

/** A scanner for the blocks of one file, in order. */
export function createBlockScanner({ csv, onKept }: LineRules): BlockScanner {
  const facts: LineFacts = { rows: 0, ends: 0, crlf: 0, longest: 0 };
  const unquoter = csv && createUnquoter(csv);
  const copy = onKept ? createLineCopy(unquoter) : undefined;
  const longLine = csv ? longCsvLine : longJsonLine;
  // The engine counts the fields of lines with this byte differently.
  const trap = csv ? NUL : jsonDelimiter.charCodeAt(0);
  const odd = csv ? [CR, trap, QUOTE] : [CR, trap];
  let line = 0;
  let isHeaderNext = csv?.hasHeader ?? false;
  let hasMask = false;

  /** The lines of a block of the common kind: valid UTF-8, no odd bytes, no line blank or long. 0 for any other. */
  function countPlain(block: Buffer): number {
    if (isHeaderNext || odd.some((byte) => block.includes(byte)) || !isUtf8(block)) return 0;
    let lines = 0;
    let start = 0;
    for (let end = block.indexOf(LF); end !== -1; end = block.indexOf(LF, start)) {
      if (end === start || end - start > longLine) return 0;
      lines += 1;
      start = end + 1;
    }
    return lines;
  }

  /** Why the engine must not read a line; undefined when it may. Quotes are not checked here. */
  function faultOf(text: Buffer, isText: boolean, hasCr: boolean, hasTrap: boolean): RejectCode | undefined {
    if (text.length > longestRow) return 'line_too_long';
    if (!isText) return 'not_utf8';
    if (hasCr) return 'stray_carriage_return';
    if (!unquoter) return hasTrap && text.includes(jsonDelimiter) ? 'not_json' : undefined;
    if (!hasTrap && text.length <= longLine) return undefined;
    // Without quotes, what is written is the line itself: only its fields are counted.
    const counted = unquoter.write(text, 0, text.length, Buffer.allocUnsafe(text.length), 0);
    return typeof counted === 'string' ? counted : undefined;
  }

  /** The engine can skip a header that is text on one line. */
  function isSkippable(header: Buffer, isText: boolean, hasCr: boolean): boolean {
    return !copy && isText && !hasCr && header.length <= longLine;
  }

  function keep(code: RejectCode | null, text: Buffer): void {
    if (!onKept) throw new NeedsCopy('lines that are no rows');
    onKept({ line, code, text: isUtf8(text) ? text.toString() : escapeBytes(text) });
  }

  function scanEachLine(block: Buffer): Buffer {
    const isValid = isUtf8(block);
    const nextCr = finder(block, CR);
    const nextTrap = finder(block, trap);
    const nextQuote = csv ? finder(block, QUOTE) : () => Number.POSITIVE_INFINITY;
    copy?.begin(block);
    for (let start = 0, next = 0; start < block.length; start = next) {
      next = block.indexOf(LF, start) + 1;
      let end = next - 1;
      while (end > start && block[end - 1] === CR) end -= 1;
      if (next - end > 2 && !copy) throw new NeedsCopy('lines that end with several carriage returns');
      line += 1;
      facts.ends += 1;
      if (next - end > 1) facts.crlf += 1;
      const text = block.subarray(start, end);
      const isText = isValid || isUtf8(text);
      const hasCr = nextCr(start) < end;
      if (text.length === 0 || isHeaderNext) {
        const isSkipped = text.length > 0 && isSkippable(text, isText, hasCr);
        if (text.length > 0) isHeaderNext = false;
        if (!isSkipped) keep(null, text);
        copy?.leaveOut(start, next);
        continue;
      }
      facts.rows += 1;
      let code: RejectCode | undefined;
      if (nextQuote(start) < end && isText && !hasCr && text.length <= longestRow) {
        if (!copy) throw new NeedsCopy('quotes');
        code = copy.passUnquoted(start, end, next);
      } else {
        code = faultOf(text, isText, hasCr, nextTrap(start) < end);
        if (code === undefined) copy?.pass(end, next);
      }
      if (code !== undefined) {
        keep(code, text);
        copy?.leaveOut(start, next);
      } else if (text.length > longLine) facts.longest = Math.max(facts.longest, text.length);
    }
    return copy ? copy.end() : block;
  }

  return {
    facts,
    masked: unquoter?.masked ?? new Set(),
    scan(block) {
      hasMask ||= csv !== undefined && copy !== undefined && block.includes(csv.mask);
      const plain = countPlain(block);
      facts.rows += plain;
      facts.ends += plain;
      line += plain;
      const passed = plain > 0 ? block : scanEachLine(block);
      if (hasMask && unquoter && unquoter.masked.size > 0) throw new MaskTaken('the mask occurs in the file');
      return passed;
    },
  };
}

/** Finds the next place of a byte from a place on. Asked in order, it looks at every byte of the block once. */
function finder(block: Buffer, byte: number): (from: number) => number {
  let at = -1;
  return (from) => {
    if (at < from) {
      at = block.indexOf(byte, from);
      if (at === -1) at = Number.POSITIVE_INFINITY;
    }
    return at;
  };
}
