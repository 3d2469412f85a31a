import { posix } from 'node:path';

/**
 * The paths of the repository that a Markdown text mentions: relative links, and code in backticks that reads as a
 * path. Placeholders and alternatives become globs: `src/<engine>.ts` is `src/*.ts`, `src/{a,b}` is both.
 *
 * @param markdown the text
 * @param folder the folder of the file it stands in, from the root, for its links; code is read from the root
 * @param topLevel the names at the root: in code, a path begins with one of these, or ends like a source file
 * @returns globs from the root, each once, in the order of the text
 * @example mentionedPaths('see [it](LICENSE) and `src/a.ts`', '', ['src']) // ['LICENSE', 'src/a.ts']
 */
export function mentionedPaths(
  markdown: string,
  folder: string,
  topLevel: readonly string[],
): readonly string[] {
  const { prose, fenced } = splitFences(markdown);
  const links = [...prose.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)/g), ...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)]
    .map(([, target = '']) => target.replace(/[#?].*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target))
    .map((target) => posix.join(folder, decodeURI(target)));
  const code = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(([, text = '']) => text)
    .filter(
      (text) =>
        isPath(text) && (isUnder(text, topLevel) || /^[\w./-]+\.(ts|mjs|md|jsonc?|ya?ml)$/.test(text)),
    )
    .filter((text) => text.includes('/') || text.endsWith('.md'));
  // In an example of a session, only what begins like a path of this repository is one.
  const sessions = fenced.split(/[\s'"`()]+/).filter((text) => isPath(text) && isUnder(text, topLevel));
  const globs = [...links, ...code, ...sessions].map((path) =>
    posix.normalize(path.replace(/<[^>]+>/g, '*')).replace(/\/$/, ''),
  );
  return [...new Set(globs.flatMap(alternatives))];
}

function splitFences(markdown: string): { prose: string; fenced: string } {
  const fence = /^ *(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^ *\1 *$/gm;
  return {
    prose: markdown.replace(fence, ''),
    fenced: [...markdown.matchAll(fence)].map(([, , body = '']) => body).join('\n'),
  };
}

/** Not a package name, an absolute path, a flag, a URL or a path in someone's lake. */
function isPath(text: string): boolean {
  return /^[\w.][\w./*<>{},-]*$/.test(text) && !text.includes('...') && !text.includes('=');
}

function isUnder(text: string, topLevel: readonly string[]): boolean {
  const [first = '', ...rest] = text.replace(/^\.\//, '').split('/');
  return rest.length > 0 && topLevel.includes(first);
}

function alternatives(glob: string): readonly string[] {
  const [, before, inside, after] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(glob) ?? [];
  if (before === undefined || inside === undefined || after === undefined) return [glob];
  return inside.split(',').flatMap((one) => alternatives(`${before}${one}${after}`));
}
