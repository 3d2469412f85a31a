import type { ParametersFor, RowFor, WhereFor } from '@headwater/queries';
import type { Kpi } from '../kpis.ts';
import type { events } from '../marketplace.ts';
import type { ClosedColumn, OpenColumn } from '../question/open-columns.ts';
import type { ErrorBody } from '../refusal.ts';

type Table = typeof events;

/** The name of a metric that the service has. */
export type KpiName = Kpi['name'];

type Named<Name extends KpiName> = Extract<Kpi, { readonly name: Name }>;

type Declared<Name extends KpiName> = ParametersFor<Table, Named<Name>>;

/** The parameters of a metric, as the metric declares them; filters and break-downs are by columns that are open. */
export type KpiParameters<Name extends KpiName> = Omit<Declared<Name>, 'where' | 'by'> & {
  readonly where?: Pick<WhereFor<Table>, OpenColumn> | undefined;
} & ('by' extends keyof Declared<Name>
    ? { readonly by?: Exclude<Declared<Name>['by'], ClosedColumn> }
    : unknown);

/** The rows of a metric, as the metric declares them. */
export type KpiRow<Name extends KpiName, By extends string = 'none'> = RowFor<Table, Named<Name>, By>;

/** A request that got no answer. */
export class KpiError extends Error implements ErrorBody {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, { code, message, field }: ErrorBody, retryAfter?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

/** Where the service is, and who asks. */
export interface KpiClientConfig {
  readonly url: string;
  readonly token: string;
  /** Defaults to that of the platform. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response> | Response;
}

/** The values of a column, for the choices of a filter. */
export interface ColumnValues {
  readonly values: readonly (string | number | boolean)[];
  /** Whether there are values after the last one: ask with `after`. */
  readonly truncated: boolean;
}

/** Asks the service. Types only are imported from the service: a browser loads this file alone. */
export interface KpiClient {
  /** @throws KpiError */
  metric<const Name extends KpiName, const By extends string = 'none'>(
    name: Name,
    parameters: KpiParameters<Name> & { readonly by?: By | undefined },
    options?: { readonly signal?: AbortSignal },
  ): Promise<KpiRow<Name, By>[]>;
  /** @throws KpiError */
  values(
    column: OpenColumn,
    asked: { readonly from: string; readonly to: string; readonly after?: string; readonly limit?: number },
  ): Promise<ColumnValues>;
}

/**
 * A client of the service.
 *
 * @example
 * ```ts
 * const client = kpiClient({ url: 'https://kpi.example.com', token });
 * const rows = await client.metric('revenue', { from: '2024-03-01', to: '2024-03-31', by: 'brand', where: { country: 'DE' } });
 * ```
 */
export function kpiClient({ url, token, fetch: own = fetch }: KpiClientConfig): KpiClient {
  const get = async (path: string, query: URLSearchParams, signal?: AbortSignal): Promise<unknown> => {
    const answer = await own(`${url}${path}?${query}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      ...(signal ? { signal } : {}),
    });
    if (answer.ok) return answer.json();
    const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const body = (await answer.json().catch(() => undefined)) as ErrorBody | undefined;
    throw new KpiError(
      answer.status,
      body ?? { code: 'UNREADABLE', message: `The answer is no answer of the service: ${answer.status}` },
      Number.isNaN(retryAfter) ? undefined : retryAfter,
    );
  };
  return {
    async metric(name, parameters, { signal } = {}) {
      const { rows } = (await get(`/v1/metrics/${name}`, metricAddress(parameters), signal)) as {
        rows: never[];
      };
      return rows;
    },
    values: (column, asked) =>
      get(`/v1/values/${column}`, addressOf(Object.entries(asked))) as Promise<ColumnValues>,
  };
}

function metricAddress(parameters: object): URLSearchParams {
  const { where = {}, ...own } = parameters as { where?: Record<string, unknown> };
  const filters = Object.entries(where).map(([name, value]) => [`where.${name}`, value] as const);
  return addressOf([...Object.entries(own), ...filters]);
}

/** A list is the parameter several times; null is an empty text. */
const addressOf = (entries: readonly (readonly [string, unknown])[]): URLSearchParams =>
  new URLSearchParams(
    entries
      .filter(([, value]) => value !== undefined)
      .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one ?? '')])),
  );
