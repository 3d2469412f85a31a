import { isHeadwaterError } from '@headwater/core';
import { closeLake } from '@headwater/queries';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { choice, list, seconds, text, whole } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { engineOptions, type OpenedLake, openLake } from '../config/open-lake.ts';
import type { Console } from '../output/console.ts';

/** Something that happens while the server runs. */
type ServerEvent =
  | { readonly kind: 'ready'; readonly line: string }
  | { readonly kind: 'log'; readonly line: string };

/** What one call and one session may read when nothing else is said. */
const defaults = { call: '10 GB', session: '100 GB' } as const;

/** `headwater mcp` */
export const mcp = defineCommand({
  name: 'mcp',
  description:
    'Serves the metrics to agents by the Model Context Protocol: list_metrics, describe_metric, compile, query_metric and status. It only reads, and has no tool for SQL. ' +
    'Each call and each session has a scan budget, which holds before a query runs. Personal data is replaced by digests, unless --readers says otherwise. ' +
    'A client starts it and speaks over standard input and output; with --http it listens on 127.0.0.1, and each token has rows and a budget of its own.',
  options: {
    ...engineOptions,
    'max-scan': text('SIZE', 'The maximum that one call may read, such as 5GB', {
      default: `the config's maxScan, or ${defaults.call}`,
    }),
    'session-scan': text(
      'SIZE',
      'The maximum that all calls of a session may read; with --http, of a token in a day',
      {
        default: defaults.session,
      },
    ),
    'max-rows': whole('ROWS', 'The maximum rows of an answer', { least: 1, default: '500' }),
    timeout: seconds('The maximum seconds of a query', { default: '60' }),
    metrics: list('NAMES', 'Serve these metrics only', { default: 'all' }),
    readers: choice(
      'CLASS',
      ['no_pii', 'no_direct_pii', 'all'],
      'Columns that clients may see: by the PII classes of the definition. Over HTTP each token says it',
      { default: 'no_pii' },
    ),
    http: whole('PORT', 'Serve over HTTP on this port of 127.0.0.1; 0 is any free port', { least: 0 }),
    'token-file': text(
      'FILE',
      'Bearer tokens for --http, as JSON: who each one is, its rows, when it expires',
    ),
  },
  examples: [
    ['mcp --lake ./lake', 'For a client that starts it and speaks over standard input and output'],
    ['mcp --engine athena --max-scan 1GB --session-scan 20GB', 'On Athena, where what is read costs money'],
    ['mcp --http 3741 --token-file tokens.json', 'For clients with tokens, each with the rows of its tenant'],
  ],
  async run({ options, signal, onPart }): Promise<Answer> {
    const { http, 'token-file': tokenPath } = options;
    if (options.json) throw new UsageError('headwater mcp takes no --json: it speaks a protocol of its own.');
    if (options.engine === 'redshift')
      throw new UsageError('headwater mcp --engine redshift: it runs no queries.');
    if (http !== undefined && tokenPath === undefined)
      throw new UsageError('headwater mcp --http needs --token-file: without tokens anybody could ask.');
    if (http === undefined && tokenPath !== undefined)
      throw new UsageError('headwater mcp --token-file needs --http.');
    if (http !== undefined && options.readers !== undefined)
      throw new UsageError(
        'headwater mcp --http takes no --readers: the permissionClass of each token says it.',
      );
    const opened = await openLake(options);
    try {
      await serve(opened, options, signal, async (event) => onPart?.(event));
    } finally {
      await closeLake(opened.lake, { timeoutSeconds: 5 });
    }
    return { data: undefined };
  },
  async printPart({ kind, line }: ServerEvent, console: Console) {
    if (kind === 'ready') await console.print(line);
    else console.note(line);
  },
});

interface ServeOptions {
  readonly 'session-scan': string | undefined;
  readonly 'max-rows': number | undefined;
  readonly timeout: number | undefined;
  readonly metrics: readonly (string | null)[] | undefined;
  readonly readers: 'no_pii' | 'no_direct_pii' | 'all' | undefined;
  readonly http: number | undefined;
  readonly 'token-file': string | undefined;
}

async function serve(
  { lake, table, maxScan }: OpenedLake,
  options: ServeOptions,
  signal: AbortSignal,
  tell: (event: ServerEvent) => Promise<void>,
): Promise<void> {
  // Loaded by this command alone.
  const { ScanBudget, serveMcpHttp, serveMcpStdio, tokenFile } = await import('@headwater/mcp');
  const budget = {
    perCall: maxScan ?? defaults.call,
    perSession: options['session-scan'] ?? defaults.session,
  };
  const shared = {
    lake,
    table: table.name,
    metrics: options.metrics?.filter((name) => name !== null),
    maxRows: options['max-rows'],
    timeoutSeconds: options.timeout,
    onError: (error: unknown, tool: string, caller: string) =>
      void tell({ kind: 'log', line: logLine(error, tool, caller) }),
  };
  const running =
    options.http === undefined
      ? serveMcpStdio({
          ...shared,
          budget: new ScanBudget(budget),
          permissionClass: options.readers,
          // Who started the process may read what it can.
          showsServerErrors: true,
        })
      : await serveMcpHttp({
          ...shared,
          budget,
          port: options.http,
          tokens: await tokenFile(options['token-file'] ?? '', table.schema),
        });
  // Standard output belongs to the protocol, unless it runs over HTTP.
  if ('url' in running)
    await tell({ kind: 'ready', line: JSON.stringify({ ready: true, url: running.url }) });
  const stop = (): void => void running.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  await running.ended;
  signal.removeEventListener('abort', stop);
}

/** A line for the log: the code and what happened, without the values of the question. */
function logLine(error: unknown, tool: string, caller: string): string {
  const code = isHeadwaterError(error) ? error.code : 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  return JSON.stringify({ at: new Date().toISOString(), caller, tool, code, message });
}
