import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, repositoryRoot } from './repository-files.ts';

/** What exists on one machine only, and would break or mislead on every other. */
const outside = [
  { name: "a folder beside the repository's own", pattern: /\.\.\/shared\b/ },
  {
    name: 'a path of one machine',
    pattern: /(?<![\w.:~*$}-])(?:\/(?:work|root|home)\/|\/Users\/|[A-Z]:\\Users\\)[\w.]/,
  },
  {
    name: 'a package registry',
    pattern: /\bregistry\.[\w-]+\.\w{2,}|\bregistry\s*=\s*['"]?https?:|:\/\/localhost:4873/i,
  },
  { name: 'a private package host', pattern: /[\w-]+\.(?:jfrog\.io|codeartifact\.[\w-]+\.amazonaws\.com)/ },
] as const;

const found = (text: string) => outside.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);

// Samples are put together here, so that this file passes its own test.
const parts = (...texts: readonly string[]) => texts.join('');

describe('names of outside things', () => {
  it('are in no file of the repository', () => {
    const named = repositoryFiles()
      .map((file) => ({ file, names: found(readFileSync(join(repositoryRoot, file), 'utf8')) }))
      .filter(({ names }) => names.length > 0);
    expect(named).toEqual([]);
  });

  it('are not where the lockfile takes packages from', () => {
    const lockfile = readFileSync(join(repositoryRoot, 'pnpm-lock.yaml'), 'utf8');
    expect(lockfile).toContain('integrity: sha512-');
    expect(lockfile.match(/^.*(?:\btarball: |\bgit\+|\bfile:\/).*$/gm)).toBeNull();
  });

  it.each([
    parts('import "../', 'shared/a.ts"'),
    parts('cd /', 'work/main'),
    parts('"/', 'root/.cache"'),
    parts('see /', 'home/someone/data.csv'),
    parts('https://registry.', 'npmjs.org/zod'),
    parts('registry', '=https://example.org'),
    parts('https://team.', 'jfrog.io/npm'),
  ])('are known when met: %s', (text) => {
    expect(found(text)).toHaveLength(1);
  });

  it.each([
    'https://example.org/home/page',
    './work/a.ts',
    'registry.add(column)',
    'z.registry()',
    '$HOME/x',
  ])('leave the ordinary alone: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
