/** What is written about a request: who asked which route and how it went. No token, no parameter and no row is ever in it. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly requestId?: string;
  readonly tenant?: string | undefined;
  /** The name of the token, which is not a part of it. */
  readonly tokenName?: string | undefined;
  readonly method?: string;
  /** The pattern of the route, not the address. */
  readonly route?: string;
  readonly status?: number;
  readonly code?: string | undefined;
  readonly milliseconds?: number;
  readonly mostBytes?: number | undefined;
  readonly charged?: number | undefined;
  readonly cached?: boolean | undefined;
  /** The code or the class of an error; not its message, which may have values. */
  readonly problem?: string;
}

export type Log = (entry: LogEntry) => void;

/** Writes entries as JSON, one a line. */
export const logTo =
  (write: (line: string) => void, now: () => number): Log =>
  (entry) =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), ...entry })}\n`);
