import { createMcpServer, ScanBudget, serveMcpHttp, type TokenSource } from '@headwater/mcp';
import { createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import type { McpServer } from '@modelcontextprotocol/server';
import { expectTypeOf } from 'vitest';
import { market } from './support/market.ts';

/** Never called. The test is what compiles here, and what does not. */
export async function types(tokens: TokenSource): Promise<void> {
  const lake = createLake({ tables: [market], engine: duckdbEngine({ lake: './lake' }) });
  const sizes = { perCall: '1 GB', perSession: 10_000_000_000 };
  const budget = new ScanBudget(sizes);
  expectTypeOf(createMcpServer({ lake, table: 'market', budget })).toEqualTypeOf<McpServer>();
  expectTypeOf(budget.state().used.label).toEqualTypeOf<'exact' | 'upper bound'>();

  // @ts-expect-error a server has a budget
  createMcpServer({ lake, table: 'market' });
  // @ts-expect-error a class of readers is one of those that the definition's PII classes make
  createMcpServer({ lake, table: 'market', budget, permissionClass: 'everyone' });
  // @ts-expect-error a budget is of a call and of a session
  new ScanBudget({ perCall: '1 GB' });
  // @ts-expect-error nobody is served over HTTP without tokens
  await serveMcpHttp({ lake, table: 'market', budget: sizes, port: 0 });
  // @ts-expect-error the rows of a caller over HTTP come from its token alone
  await serveMcpHttp({ lake, table: 'market', budget: sizes, port: 0, tokens, where: { shop: 'acme' } });
}
