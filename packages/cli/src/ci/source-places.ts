import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of a source file. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** Finds where the project's code declares something. Undefined where that is in no file, or in more than one place. */
export interface SourcePlaces {
  table(name: string): SourcePlace | undefined;
  /** The column in the definition of its table; the table itself for a column that is gone. */
  column(table: string, name: string): SourcePlace | undefined;
  /** A metric of the project's own. */
  metric(name: string): SourcePlace | undefined;
}

/** More files than this are no project, but a folder that it happens to lie in. */
const mostFiles = 2000;

/**
 * Reads the TypeScript and JavaScript files of a project, to find places in them by their text: `defineEvents('clickstream'`, `brand:`
 * below it, and `name: 'own-metric'` in a file that calls `defineMetric`.
 *
 * @param folder the config's. What is below `node_modules`, `dist` and folders with a dot is left out
 */
export async function readSourcePlaces(folder: string): Promise<SourcePlaces> {
  const files = await Promise.all(
    (await sourceFiles(folder)).slice(0, mostFiles).map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => '');
      return { file, text, lines: text.split(/\r?\n/) };
    }),
  );
  type File = (typeof files)[number];
  const find = (pattern: RegExp, among: readonly File[]): SourcePlace | undefined => {
    const found = among.flatMap(({ file, text }) =>
      [...text.matchAll(pattern)].map(({ index }) => ({ file, line: lineAt(text, index) })),
    );
    return found.length === 1 ? found[0] : undefined;
  };
  const table = (name: string): SourcePlace | undefined =>
    find(new RegExp(`\\bdefineEvents\\(\\s*${quoted(name)}`, 'g'), files);
  return {
    table,
    column(of, name) {
      const place = table(of);
      const lines = files.find(({ file }) => file === place?.file)?.lines ?? [];
      const pattern = new RegExp(`(^|[{,]\\s*|\\s)(${escaped(name)}|${quoted(name)})\\s*:`);
      const at = lines.findIndex((line, index) => index + 1 >= (place?.line ?? 0) && pattern.test(line));
      return place && at >= 0 ? { file: place.file, line: at + 1 } : place;
    },
    metric: (name) =>
      find(
        new RegExp(`\\bname:\\s*${quoted(name)}`, 'g'),
        files.filter(({ text }) => /\bdefineMetric\(/.test(text)),
      ),
  };
}

async function sourceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (/^\.|^(node_modules|dist)$/.test(entry.name) || found.length >= mostFiles) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await sourceFiles(path)));
    else if (/\.[cm]?[jt]sx?$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) found.push(path);
  }
  return found;
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
const escaped = (text: string): string => text.replaceAll(/[^\w]/g, '\\$&');
const quoted = (text: string): string => `['"\`]${escaped(text)}['"\`]`;
