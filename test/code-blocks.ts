/** The fenced blocks of a Markdown text in one language, in order. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  );

/** The fenced blocks of a Markdown text that name a file, as in ```` ```ts shop.ts ````, with their language. */
export const namedBlocks = (markdown: string): { readonly file: string; readonly text: string }[] =>
  [...markdown.matchAll(/^```\w+ (\S+)\n(.*?)^```/gms)].flatMap(([, file, text]) =>
    file !== undefined && text !== undefined ? [{ file, text }] : [],
  );

const importLine = /^import (type )?\{([^}]*)\} from '([^']+)';.*\n/gm;
const defaultImportLine = /^import \w+ from '[^']+';.*\n/gm;

/**
 * A document's TypeScript blocks as one module: what a block imports and declares is there for the blocks after it, and a
 * later block may declare a name again, as a reader takes it.
 *
 * @param prelude what the document leaves to the reader
 */
export function programOf(blocks: readonly string[], prelude = ''): string {
  const imports = new Map<string, Set<string>>();
  const defaults = new Set<string>();
  const bodies = [prelude, ...blocks].map((block) =>
    block
      .replaceAll(importLine, (_line, _type, names: string, module: string) => {
        const known = imports.get(module) ?? new Set();
        for (const name of names.split(',')) if (name.trim()) known.add(name.trim());
        imports.set(module, known);
        return '';
      })
      .replaceAll(defaultImportLine, (line) => {
        defaults.add(line);
        return '';
      }),
  );
  const head = [...imports].map(
    ([module, names]) => `import { ${[...names].sort().join(', ')} } from '${module}';\n`,
  );
  const inner = bodies.map((body, index) =>
    index === 0 ? body : body.replaceAll(/^export (default )?/gm, ''),
  );
  return `${[...defaults].join('')}${head.join('')}${inner.join('\n{\n')}${'\n}'.repeat(bodies.length - 1)}\nexport {};\n`;
}
