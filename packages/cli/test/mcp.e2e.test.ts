import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-mcp-command-'));
const lake = join(folder, 'lake');
const bin = join(import.meta.dirname, '..', 'bin', 'headwater.js');
const range = { from: '2024-02-28', to: '2024-03-01' };
const command = ['--conditions=@headwater/source', bin, 'mcp', '--lake', lake, '--config', config];

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => {
  const simulated = ['simulate', '--events', '3000', '--days', '3', '--start', range.from, '--seed', '4'];
  const made = await runCli([...simulated, '--out', join(folder, 'raw.csv')], { cwd: folder });
  expect(made.code, made.stderr).toBe(0);
  const loaded = await runCli(['etl', 'run', join(folder, 'raw.csv'), '--lake', lake, '--config', config]);
  expect(loaded.code, loaded.stderr).toBe(0);
});

/** A client that starts the command and speaks to it over its standard streams. */
async function started(...options: readonly string[]): Promise<{ client: Client; log: () => string }> {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...command, ...options],
    stderr: 'pipe',
  });
  let log = '';
  transport.stderr?.on('data', (chunk) => {
    log += String(chunk);
  });
  // Whatever is no message of the protocol comes here.
  client.onerror = (error) => {
    log += `protocol: ${error.message}`;
  };
  await client.connect(transport);
  return { client, log: () => log };
}

const ask = async (client: Client, name: string, given: Record<string, unknown>) => {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: given });
  return { isError: isError === true, content: JSON.stringify(content), answer: Object(structuredContent) };
};

describe('headwater mcp over standard input and output', () => {
  it('lists, describes, compiles and answers as headwater query does', async () => {
    const { client, log } = await started();
    expect((await client.listTools()).tools).toHaveLength(5);
    const { answer: listed } = await ask(client, 'list_metrics', {});
    // One that the config has besides those that ship.
    expect(listed.metrics.map(({ name }: { name: string }) => name)).toContain('repeat-views');
    for (const [metric, words, given] of [
      ['revenue', ['--by', 'brand'], { parameters: { ...range, by: 'brand' } }],
      ['repeat-views', [], { parameters: range }],
      ['top-products', ['--where', 'event_type=view'], { parameters: range, where: { event_type: 'view' } }],
    ] as const) {
      const { answer, isError, content } = await ask(client, 'query_metric', { metric, ...given });
      expect(isError, content).toBe(false);
      const days = ['--from', range.from, '--to', range.to];
      const { stdout } = await runCli(
        ['query', metric, ...days, ...words, '--lake', lake, '--config', config, '--json'],
        { cwd: folder },
      );
      expect(answer.rows.length, metric).toBeGreaterThan(0);
      expect(answer.rows, metric).toEqual(JSON.parse(stdout));
    }
    const question = { metric: 'revenue', parameters: range };
    const { answer: compiled } = await ask(client, 'compile', question);
    const explained = await runCli(
      [
        ...['query', 'revenue', '--from', range.from, '--to', range.to, '--explain', '--json'],
        ...['--lake', lake, '--config', config],
      ],
      { cwd: folder },
    );
    const { sql, estimate } = JSON.parse(explained.stdout);
    expect(compiled).toMatchObject({ sql, estimate: { bytes: estimate.mostBytes } });
    await client.close();
    expect(log()).toBe('');
  });

  it('refuses what is over the budget, and says so in its log', async () => {
    const { client, log } = await started('--max-scan', '1kB', '--session-scan', '1MB');
    const refused = await ask(client, 'query_metric', { metric: 'revenue', parameters: range });
    expect(refused.isError).toBe(true);
    expect(refused.content).toContain('SCAN_BUDGET_EXCEEDED');
    expect(refused.content).toContain('was not run');
    const { answer } = await ask(client, 'status', {});
    expect(answer.budget).toMatchObject({ perCall: 1000, perSession: 1e6, left: 1e6 });
    await client.close();
    await expect.poll(log, { timeout: 20_000 }).toContain('"code":"SCAN_BUDGET_EXCEEDED"');
  });

  it('ends when its client has gone', async () => {
    const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'] });
    const { code, stdout } = await ended(child, () => child.stdin.end());
    expect([code, stdout]).toEqual([0, '']);
  });

  it.each([
    [['--json'], 'no --json'],
    [['--http', '0'], 'needs --token-file'],
    [['--token-file', 'tokens.json'], 'needs --http'],
    [['--engine', 'redshift'], 'runs no queries'],
    [['--metrics', 'revenu'], 'No metric "revenu"'],
    [['--session-scan', 'much'], 'expected a size'],
  ])('%j is refused before anything is served', async (words, problem) => {
    const { code, stdout, stderr } = await runCli(['mcp', '--lake', lake, '--config', config, ...words]);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(problem);
  });
});

describe('headwater mcp --http', () => {
  const tokens = join(folder, 'tokens.json');
  const sha256 = createHash('sha256').update('a-token').digest('hex');

  it('says where it listens, answers a token with its rows, and ends by a signal', async () => {
    const held = { name: 'views', sha256, expires: '2100-01-01T00:00:00Z', where: { event_type: 'view' } };
    writeFileSync(tokens, JSON.stringify({ tokens: [held] }));
    const child = spawn(process.execPath, [...command, '--http', '0', '--token-file', tokens]);
    const { promise: ready, resolve } = Promise.withResolvers<string>();
    child.stdout.once('data', (chunk) => resolve(String(chunk)));
    const { url } = JSON.parse(await ready);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { authorization: 'Bearer a-token' } },
      }),
    );
    const { answer } = await ask(client, 'query_metric', { metric: 'daily-visitors', parameters: range });
    const { stdout } = await runCli(
      [
        ...['query', 'daily-visitors', '--from', range.from, '--to', range.to],
        ...['--where', 'event_type=view', '--lake', lake, '--config', config, '--json'],
      ],
      { cwd: folder },
    );
    expect(answer.rows).toEqual(JSON.parse(stdout));
    await client.close();
    const { code } = await ended(child, () => child.kill('SIGTERM'));
    expect(code).toBe(0);
  });
});

/** How a process ends after something is done. */
function ended(child: ChildProcess, act: () => void): Promise<{ code: number | null; stdout: string }> {
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, stdout }));
    act();
  });
}
