import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer, type McpServerConfig } from '../create-mcp-server.ts';

/** A server that runs. */
export interface RunningMcp {
  /** Resolves when it has ended: the client has gone, or it was closed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves one client over standard input and output. Nothing else may write to standard output. The budget is that of the process:
 * a client that opens the connection anew gets no other one.
 *
 * @throws HeadwaterError like {@link createMcpServer}
 */
export function serveMcpStdio(config: McpServerConfig): RunningMcp {
  // Made once before, so that a wrong configuration ends the process and not a call.
  createMcpServer(config);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const handle = serveStdio(() => createMcpServer(config), {
    onerror: (error) => config.onError?.(error, 'transport', config.caller ?? 'local'),
  });
  process.stdin.once('close', resolve);
  process.stdin.once('end', resolve);
  return {
    ended,
    async close() {
      await handle.close();
      resolve();
    },
  };
}
