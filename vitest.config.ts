import { defineConfig } from 'vitest/config';

// Workspace packages are imported by name; this condition makes that their sources, so tests need no build.
// It is a replacement for Vite's own list, named again but for `module`, which Node itself does not know: a package's
// sources for bundlers are not what Node can load.
const conditions = ['@headwater/source', 'node', 'development|production'];
const sources = {
  resolve: { conditions },
  ssr: {
    resolve: { conditions, externalConditions: ['@headwater/source', 'node'] },
    // A workspace package left to Node itself would be looked up without the condition, in a dist that may be stale.
    noExternal: [/^@headwater\//, 'dt-sql-parser', 'antlr4ng', 'antlr4-c3'],
  },
};

const e2e = '**/*.e2e.test.ts';
const engines = '**/*.engine.test.ts';
const notOurs = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  ...sources,
  test: {
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [e2e, engines, ...notOurs],
          // Far above what any needs: a machine may be slow, or busy. A test that hangs still ends.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...sources,
        test: {
          name: 'e2e',
          include: [e2e],
          exclude: notOurs,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // These start engines and processes of their own; one at a time is faster than all at once on few cores.
          fileParallelism: false,
        },
      },
      {
        ...sources,
        test: {
          name: 'engines',
          include: [engines],
          exclude: notOurs,
          globalSetup: './packages/local-aws/src/testing/engines-setup.ts',
          setupFiles: './packages/local-aws/src/testing/engines-environment.ts',
          runner: './packages/local-aws/src/testing/engines-runner.ts',
          // One Trino answers them all, and its first query after a start is slow.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
