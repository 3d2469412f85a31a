import type { IncomingMessage } from 'node:http';

/** The scope of a signature: key, day, region, service. */
const scope = /Credential=[^/]+\/[^/]+\/([^/]+)\/([^/]+)\//;

/** The region and the service of a request by its signature: requests of REST services name them nowhere else. */
export function signatureScope({ headers }: IncomingMessage): {
  readonly region: string | undefined;
  readonly service: string | undefined;
} {
  const [, region, service] = scope.exec(headers.authorization ?? '') ?? [];
  return { region, service };
}
