import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mentionedPaths } from './mentioned-paths.ts';
import { repositoryFiles, repositoryRoot } from './repository-files.ts';

const files = repositoryFiles();
// Folders as the files have them: git keeps no empty ones, so one that is on this disk alone does not count.
const folders = files.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index)));
const paths = [...new Set([...files, ...folders])];
const topLevel = [...new Set(files.map((file) => file.split('/')[0] ?? file))];
// A changelog tells of the past, when its paths existed.
const documents = files.filter((file) => file.endsWith('.md') && !file.endsWith('CHANGELOG.md'));

describe('documentation', () => {
  it.each(documents)('%s mentions only paths that exist', (document) => {
    const text = readFileSync(join(repositoryRoot, document), 'utf8');
    const missing = mentionedPaths(text, posix.dirname(document), topLevel).filter(
      (glob) => !paths.some((path) => path === glob || posix.matchesGlob(path, glob)),
    );
    expect(missing).toEqual([]);
  });
});

describe('the reading of paths from Markdown', () => {
  const read = (markdown: string, folder = '') => mentionedPaths(markdown, folder, ['packages', 'LICENSE']);

  it('takes relative links from the folder of the document', () => {
    expect(read('[a](./a.md#part), [b](../LICENSE "title"), ![c](c.svg)', 'docs')).toEqual([
      'docs/a.md',
      'LICENSE',
      'docs/c.svg',
    ]);
    expect(read('[ref]: docs/ref.md')).toEqual(['docs/ref.md']);
  });

  it('takes code that reads as a path of the repository', () => {
    expect(read('`packages/core/src/`, `docs/missing.md`, `MISSING.md`')).toEqual([
      'packages/core/src',
      'docs/missing.md',
      'MISSING.md',
    ]);
  });

  it('takes alternatives and placeholders as globs', () => {
    expect(read('`packages/core/src/{table,types}/<name>.ts`')).toEqual([
      'packages/core/src/table/*.ts',
      'packages/core/src/types/*.ts',
    ]);
  });

  it('takes commands apart', () => {
    expect(read('```sh\nnode packages/cli/bin/headwater.js out/lake --day=1\n```')).toEqual([
      'packages/cli/bin/headwater.js',
    ]);
  });

  it('leaves addresses, package names, options and words alone', () => {
    expect(
      read(
        '[site](https://example.org/a.md), [here](#part), `@headwater/core`, `--lake`, `a / b`, `events.csv`',
      ),
    ).toEqual([]);
  });
});
