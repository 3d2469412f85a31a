import { setTimeout as pause } from 'node:timers/promises';
import { parseExactly } from './parse-exactly.ts';
import { type TrinoPage, trinoPage } from './trino-page.ts';

/** The catalog, schema and settings that a statement runs with. */
export interface TrinoSession {
  readonly catalog: string;
  readonly schema?: string | undefined;
  /** Session properties, such as `awsdatacatalog.compression_codec`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** Maximum attempts while Trino answers that it is busy. */
const attempts = 20;

/**
 * Runs a statement in UTC and yields Trino's answers as they arrive. Leaving the loop early, or aborting, cancels the
 * statement in Trino.
 *
 * @see https://trino.io/docs/476/develop/client-protocol.html
 */
export async function* trinoStatement(
  address: string,
  sql: string,
  session: TrinoSession,
  signal?: AbortSignal,
): AsyncGenerator<TrinoPage> {
  let page = await ask(
    `${address}/v1/statement`,
    { method: 'POST', body: sql, headers: headersOf(session) },
    signal,
  );
  let isRead = false;
  try {
    for (;;) {
      yield page;
      if (page.nextUri === undefined) break;
      page = await ask(page.nextUri, {}, signal);
    }
    isRead = true;
  } finally {
    if (!isRead && page.nextUri !== undefined)
      await fetch(page.nextUri, { method: 'DELETE', signal: AbortSignal.timeout(5000) }).catch(
        () => undefined,
      );
  }
}

async function ask(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<TrinoPage> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, { ...init, ...(signal ? { signal } : {}) });
    const text = await response.text();
    if (response.ok) return trinoPage.parse(parseExactly(text));
    const isBusy = response.status === 429 || (response.status >= 502 && response.status <= 504);
    if (!isBusy || attempt === attempts)
      throw new Error(`Trino answers ${response.status}: ${text.slice(0, 500)}`);
    await pause(100, undefined, signal ? { signal } : {});
  }
}

function headersOf({ catalog, schema, properties = {} }: TrinoSession): Record<string, string> {
  const session = Object.entries(properties).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    'X-Trino-User': 'athena',
    'X-Trino-Source': 'local-aws',
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Catalog': catalog,
    // Without it, Trino sends timestamps with three digits whatever their precision.
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    ...(schema === undefined ? {} : { 'X-Trino-Schema': encodeURIComponent(schema) }),
    ...(session.length === 0 ? {} : { 'X-Trino-Session': session.join(',') }),
  };
}
