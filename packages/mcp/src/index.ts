export {
  type BudgetState,
  type ByteLabel,
  type LabelledBytes,
  type Reservation,
  ScanBudget,
  type ScanBudgetOptions,
} from '@headwater/access';
export { type TokenHolder, type TokenSource, tokenFile } from './access/token-file.ts';
export { createMcpServer, type McpServerConfig, type McpServing } from './create-mcp-server.ts';
export { type McpHttpConfig, type RunningMcpHttp, serveMcpHttp } from './serve/serve-http.ts';
export { type RunningMcp, serveMcpStdio } from './serve/serve-stdio.ts';
