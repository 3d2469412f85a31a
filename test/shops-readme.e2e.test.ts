// The command lines of the example shops work, and print what their README shows.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { codeBlocks } from './code-blocks.ts';
import { repositoryRoot as root } from './repository-files.ts';
import { runProgram } from './run-program.ts';

const shops = join(root, 'examples', 'shops');
const markdown = readFileSync(join(shops, 'README.md'), 'utf8');
const own = 'npm run -s headwater -- ';
const launcher = join(root, 'packages', 'cli', 'bin', 'headwater.js');

const folder = mkdtempSync(join(tmpdir(), 'headwater-shops-'));
afterAll(() => rmSync(folder, { recursive: true }));
const lake = join(folder, 'lake');

const printed: string[] = [];
const run = (line: string) =>
  runProgram(shops, process.execPath, [
    ...['--conditions=@headwater/source', launcher],
    ...line.slice(own.length).split(' '),
    ...['--lake', lake],
  ]);

const lines = codeBlocks(markdown, 'sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line !== '');

it('has a line for each shop', () => {
  expect(lines.every((line) => line.startsWith(own))).toBe(true);
  expect(lines.length).toBeGreaterThanOrEqual(15);
});

it.each(lines)('%s', async (line) => {
  const { status, output } = await run(line);
  // One asks for what a shop cannot answer.
  expect(output).not.toBe('');
  expect(status, output).toBe(output.startsWith('error [ACTION_MISSING]') ? 1 : 0);
  printed.push(output);
});

it('prints what it shows', () => {
  for (const text of codeBlocks(markdown, 'text'))
    for (const shown of text.trim().split('\n'))
      expect(printed.join('\n').replaceAll(/ +/g, ' ')).toContain(shown.replaceAll(/ +/g, ' '));
});
