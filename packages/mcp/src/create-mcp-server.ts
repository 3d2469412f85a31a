import { readFileSync } from 'node:fs';
import { assertRowFilter, type ScanBudget } from '@headwater/access';
import { HeadwaterError, type PermissionClass } from '@headwater/core';
import { type Lake, type Metric, metricOf, metricsOf, tableOf } from '@headwater/queries';
import { McpServer, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { Caller, TakeTurn } from './access/caller.ts';
import { toolFailure } from './answer/tool-error.ts';
import { compileTool } from './tools/compile.ts';
import { describeMetricTool } from './tools/describe-metric.ts';
import { listMetrics } from './tools/list-metrics.ts';
import { queryMetric } from './tools/query-metric.ts';
import { statusTool } from './tools/status.ts';
import type { Tool, ToolContext, ToolSchema } from './tools/tool.ts';

/** What a server serves, whoever asks. */
export interface McpServing {
  readonly lake: Lake;
  /** The table that questions are about. */
  readonly table: string;
  /** Names of the metrics that may be asked. Defaults to all of the lake. */
  readonly metrics?: readonly string[] | undefined;
  /** The most rows of an answer. Defaults to 500. */
  readonly maxRows?: number | undefined;
  /** The most characters of the rows of an answer, as JSON. Defaults to 200,000. */
  readonly maxCharacters?: number | undefined;
  /** Seconds that a query may take. Defaults to 60. */
  readonly timeoutSeconds?: number | undefined;
  /** Called with each error of a tool, whole, for a log. */
  readonly onError?: ((error: unknown, tool: string, caller: string) => void) | undefined;
}

/** A server for one caller. */
export interface McpServerConfig extends McpServing {
  /** What the caller may read. Keep it for all servers of one session. */
  readonly budget: ScanBudget;
  /** The rows that the caller may see, as the `where` of a metric: `{ shop: 'acme' }`. Defaults to all. No call can change it. */
  readonly where?: Readonly<Record<string, unknown>> | undefined;
  /** Columns that the caller may see, by their PII class. `all` shows every column. Defaults to `no_pii`. */
  readonly permissionClass?: PermissionClass | 'all' | undefined;
  /** Waits until the caller may run a query, and gives what ends its turn. Defaults to at once. */
  readonly takeTurn?: TakeTurn | undefined;
  /** For logs. Defaults to `local`. */
  readonly caller?: string | undefined;
  /** Whether the caller may see what the server's own troubles are, with paths and statements. Defaults to false. */
  readonly showsServerErrors?: boolean | undefined;
  /** Ends all calls, as when the connection that they came by is gone. */
  readonly signal?: AbortSignal | undefined;
}

const instructions =
  'Answers questions about the events of a shop by defined metrics. Call list_metrics, then describe_metric for the parameters of one, then query_metric. ' +
  'Days are YYYY-MM-DD, both inside. Sum measures only as "additive" of their column says; for a ratio sum numerator and denominator, then divide. ' +
  'Each query is held against a scan budget before it runs: compile shows what it would read.';

/**
 * A Model Context Protocol server over the metrics of a lake, with the tools `list_metrics`, `describe_metric`, `compile`, `query_metric` and
 * `status`. All of them only read. There is no tool for SQL. Connect it with `serveMcpStdio`, `serveMcpHttp`, or a transport of the SDK.
 *
 * @throws HeadwaterError `TABLE_UNKNOWN`, `METRIC_UNKNOWN`, `OPTION_INVALID`
 * @example
 * ```ts
 * const budget = new ScanBudget({ perCall: '1 GB', perSession: '10 GB' });
 * const server = createMcpServer({ lake, table: 'clickstream', budget, where: { shop: 'acme' } });
 * ```
 */
export function createMcpServer(config: McpServerConfig): McpServer {
  const { onError, showsServerErrors = false, signal } = config;
  const context = toolContext(config);
  const server = new McpServer(
    { name: 'headwater', title: 'Headwater', version: version() },
    { instructions, capabilities: { tools: {} } },
  );
  for (const tool of toolsOf(context)) {
    const { name, title, description, input, output } = tool;
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: shownSchema(input),
        outputSchema: shownSchema(output),
        annotations: {
          title,
          readOnlyHint: true,
          destructiveHint: false,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      async (given, { mcpReq }) => {
        try {
          const answer = await tool.run(
            given,
            signal ? AbortSignal.any([mcpReq.signal, signal]) : mcpReq.signal,
          );
          return {
            content: [{ type: 'text', text: JSON.stringify(answer) }],
            structuredContent: { ...answer },
          };
        } catch (error) {
          onError?.(error, name, context.caller.name);
          const failure = { error: toolFailure(error, showsServerErrors) };
          return { isError: true, content: [{ type: 'text', text: JSON.stringify(failure) }] };
        }
      },
    );
  }
  return server;
}

const toolsOf = (context: ToolContext): readonly Tool[] => [
  listMetrics(context),
  describeMetricTool(context),
  compileTool(context),
  queryMetric(context),
  statusTool(context),
];

function toolContext(config: McpServerConfig): ToolContext {
  const { lake, where = {}, permissionClass = 'no_pii', budget, caller: name = 'local' } = config;
  const table = tableOf(lake, config.table);
  assertRowFilter(table.definition.schema, where);
  const caller: Caller = {
    name,
    where,
    permissionClass: permissionClass === 'all' ? undefined : permissionClass,
    budget,
    takeTurn: config.takeTurn,
  };
  return {
    lake,
    table,
    metrics: chosenMetrics(lake, config.metrics),
    caller,
    limits: {
      rows: whole('maxRows', config.maxRows ?? 500, 100_000),
      characters: whole('maxCharacters', config.maxCharacters ?? 200_000, 10_000_000),
    },
    timeoutSeconds: whole('timeoutSeconds', config.timeoutSeconds ?? 60, 86_400),
  };
}

function chosenMetrics(lake: Lake, names: readonly string[] | undefined): Readonly<Record<string, Metric>> {
  const known = metricsOf(lake);
  const chosen = names ?? Object.keys(known);
  return Object.fromEntries(chosen.map((name) => [name, metricOf(name, known)]));
}

function whole(option: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: String(value),
    expected: `a whole number from 1 to ${most}`,
  });
}

/** A schema that clients see. Arguments are checked by the tools, whose errors have a code and say what to do. */
const shownSchema = (schema: () => ToolSchema): StandardSchemaWithJSON<unknown> => ({
  '~standard': {
    version: 1,
    vendor: 'headwater',
    validate: (value) => ({ value }),
    jsonSchema: { input: () => ({ ...schema() }), output: () => ({ ...schema() }) },
  },
});

/** The version of this package. Its manifest lies beside both the sources and what is built from them. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(Object(manifest).version);
}
