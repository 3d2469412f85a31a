import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { glob, isDynamicPattern } from 'tinyglobby';

/** What a file holds. */
export type InputFormat = 'csv' | 'jsonl' | 'parquet';
/** How a file is packed. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** One file to load, as the user named it and where it is. */
export interface InputFile {
  /** For messages, accounting and the quarantine; `-` is standard input. */
  readonly source: string;
  readonly path: string;
  readonly format: InputFormat;
  readonly compression: Compression;
}

const compressions: Readonly<Record<string, Compression>> = {
  '.gz': 'gzip',
  '.gzip': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
};
const formats: Readonly<Record<string, InputFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

/** Format and compression by the file's name; `given` wins, and a name that says nothing is CSV. */
export function describeInput(source: string, path: string, given?: InputFormat): InputFile {
  const packed = compressions[extname(source).toLowerCase()];
  const inner = packed ? source.slice(0, -extname(source).length) : source;
  return {
    source,
    path,
    format: given ?? formats[extname(inner).toLowerCase()] ?? 'csv',
    compression: packed ?? 'none',
  };
}

/** Names that hold other things as often: loaded when named, not when found in a folder. */
const ambiguous: ReadonlySet<string> = new Set(['.txt', '.json']);

/** Whether a file found in a folder is one to load. */
const isLoadable = (name: string): boolean => {
  const inner = compressions[extname(name).toLowerCase()] ? name.slice(0, -extname(name).length) : name;
  const extension = extname(inner).toLowerCase();
  return extension in formats && !ambiguous.has(extension);
};

/**
 * The files that the user's words mean, each once, in a fixed order. A folder means every loadable file below it.
 *
 * @throws HeadwaterError `INPUT_NOT_FOUND` for a word that means no file, `INPUT_UNREADABLE` for one that cannot be looked at
 */
export async function findInputs(words: readonly string[], format?: InputFormat): Promise<InputFile[]> {
  const found = new Map<string, InputFile>();
  for (const word of words) {
    const paths = word === '-' ? ['-'] : await expand(word);
    if (paths.length === 0) throw new HeadwaterError('INPUT_NOT_FOUND', { input: word });
    for (const path of paths) if (!found.has(path)) found.set(path, describeInput(path, path, format));
  }
  return [...found.values()];
}

async function expand(word: string): Promise<string[]> {
  const info = await stat(word).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw new HeadwaterError('INPUT_UNREADABLE', { file: word, problem: cause.message }, { cause });
  });
  if (info?.isDirectory()) {
    const names = await glob(['**/*'], { cwd: word });
    return names
      .filter(isLoadable)
      .sort()
      .map((name) => join(word, name));
  }
  if (info) return [word];
  return isDynamicPattern(word) ? (await glob([word.replaceAll('\\', '/')])).sort() : [];
}
