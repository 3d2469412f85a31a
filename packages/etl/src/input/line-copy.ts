import type { RejectCode } from '@headwater/core';
import type { Unquoter } from './csv-line.ts';

const LF = 10;

/** Collects the lines of a block that are passed on, without carriage returns and quotes. */
export interface LineCopy {
  begin(block: Buffer): void;
  /** Passes on the bytes up to `end`; the next line begins at `next`. */
  pass(end: number, next: number): void;
  /** The same for a line with quotes. @returns why it is not passed on, or undefined when it is */
  passUnquoted(start: number, end: number, next: number): RejectCode | undefined;
  leaveOut(start: number, next: number): void;
  /** @returns what was passed on: memory that is good until the next block */
  end(): Buffer;
}

/** @param unquoter for the lines with quotes; undefined where quotes mean nothing */
export function createLineCopy(unquoter: Unquoter | undefined): LineCopy {
  let block: Buffer = Buffer.alloc(0);
  let target: Buffer = Buffer.alloc(0);
  let written = 0;
  // The bytes of the block from here on are passed on as they are, up to the next line that is not.
  let run = 0;
  const passRun = (end: number, next: number): void => {
    if (end > run) written += block.copy(target, written, run, end);
    run = next;
  };
  return {
    begin(next) {
      block = next;
      if (target.length < block.length) target = Buffer.allocUnsafeSlow(block.length);
      written = 0;
      run = 0;
    },
    pass(end, next) {
      // The line feed is all that follows: the run goes on.
      if (end === next - 1) return;
      passRun(end, next);
      target[written++] = LF;
    },
    passUnquoted(start, end, next) {
      if (!unquoter) return undefined;
      passRun(start, next);
      const result = unquoter.write(block, start, end, target, written);
      if (typeof result === 'string') return result;
      written = result;
      target[written++] = LF;
      return undefined;
    },
    leaveOut: passRun,
    end() {
      passRun(block.length, block.length);
      return target.subarray(0, written);
    },
  };
}
