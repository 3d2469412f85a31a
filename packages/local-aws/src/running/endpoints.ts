import { readRunningState } from './running-state.ts';

/** Where the parts of the stand-in listen. */
export interface Endpoints {
  /** The one address for all AWS clients. */
  readonly aws: string;
  /** The emulator behind it, for its own API. */
  readonly moto: string;
  /** Trino's own protocol. */
  readonly trino: string;
}

/**
 * The endpoints that the environment names. Defaults to those of the stand-in that `pnpm engines up` started; undefined
 * when there is none.
 *
 * @example findEndpoints() // { aws: 'http://127.0.0.1:4566', moto: 'http://127.0.0.1:4565', trino: ... }
 */
export function findEndpoints(env: NodeJS.ProcessEnv = process.env): Endpoints | undefined {
  const moto = env['HEADWATER_MOTO_URL'];
  const trino = env['HEADWATER_TRINO_URL'];
  if (moto !== undefined && trino !== undefined)
    return { aws: env['HEADWATER_AWS_URL'] ?? moto, moto, trino };
  return readRunningState();
}

/** How to find out whether a part is ready. */
const probes: { readonly [Part in keyof Endpoints]: (url: string) => Promise<boolean> } = {
  aws: (url) => answers(url),
  moto: (url) => answers(`${url}/moto-api/`),
  trino: async (url) => {
    const response = await fetch(`${url}/v1/info`, { signal: AbortSignal.timeout(5000) });
    const info: unknown = await response.json();
    return typeof info === 'object' && info !== null && 'starting' in info && info.starting === false;
  },
};

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  await response.body?.cancel();
  return response.status < 500;
}

/** Whether one part is ready. Never throws. */
export async function isReady(part: keyof Endpoints, url: string): Promise<boolean> {
  return probes[part](url).catch(() => false);
}

/**
 * The parts that do not answer, each with its address.
 *
 * @example await silentParts(endpoints) // ['trino (http://127.0.0.1:8080)']
 */
export async function silentParts(endpoints: Endpoints): Promise<readonly string[]> {
  const parts = ['aws', 'moto', 'trino'] as const;
  const ready = await Promise.all(parts.map((part) => isReady(part, endpoints[part])));
  return parts.filter((_, index) => !ready[index]).map((part) => `${part} (${endpoints[part]})`);
}
