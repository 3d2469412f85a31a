import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { createFacade } from '../../../src/facade/facade.ts';

/** Starts a façade for the tests of the file over the emulator of the run. @returns its address, once the tests run */
export function useFacade(): { readonly url: string } {
  const facade = { url: '' };
  let stop = (): void => undefined;
  beforeAll(async () => {
    const engines = inject('engines');
    if ('missing' in engines) return;
    const results = mkdtempSync(join(tmpdir(), 'facade-'));
    const server = createFacade({ moto: engines.moto, trino: engines.trino, results });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    facade.url = `http://127.0.0.1:${Object(server.address()).port}`;
    stop = () => {
      server.close();
      server.closeAllConnections();
      rmSync(results, { recursive: true });
    };
  });
  afterAll(() => stop());
  return facade;
}
