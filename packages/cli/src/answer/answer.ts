import type { ExitCode } from './exit-code.ts';
import type { Result } from './result.ts';

/** The answer of a command: data for programs. Extended by what its printer needs besides. */
export interface Answer {
  /** Plain data: what `--json` prints. */
  readonly data: unknown;
  /** Defaults to 0. */
  readonly exitCode?: ExitCode;
  /** Failures beside the work that the answer reports, which is done. They are reported after the answer. */
  readonly failures?: readonly unknown[];
}

/** An answer that is rows. They stream, in bounded memory whatever their number. */
export interface RowsAnswer {
  readonly rows: Result;
  /** Lines below a table for people, once its rows are printed. */
  readonly footer?: () => Promise<readonly string[]>;
  /** Lines about how the rows were found, for standard error, once they are printed. */
  readonly notes?: () => Promise<readonly string[]>;
  /** Closes the lake that the rows come from. Has to be called, also when no row was read. */
  close(): Promise<void>;
}
