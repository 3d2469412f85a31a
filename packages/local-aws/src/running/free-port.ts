import { once } from 'node:events';
import { createServer } from 'node:net';
import { SetupError } from '../setup-error.ts';

/**
 * A port of this machine that is free now. The variable names it; defaults to any free port.
 *
 * @example await freePort('HEADWATER_TRINO_PORT') // 41873
 * @throws SetupError when the named port is taken
 */
export async function freePort(variable: string): Promise<number> {
  const named = Number(process.env[variable] ?? 0);
  const server = createServer();
  try {
    server.listen(named, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    throw new SetupError(`Port ${named} is taken`, `Set ${variable} to another port, or unset it`, {
      cause,
    });
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server without a port');
  return address.port;
}
