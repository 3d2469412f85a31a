import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import { isS3Location, type LakeTarget } from '@headwater/storage';
import { glob, isDynamicPattern } from 'tinyglobby';
import { type FindObjectsOptions, findObjects, type Listing } from './find-objects.ts';
import { inputError } from './input-error.ts';
import { type InputFile, type InputFormat, namedFormat } from './input-file.ts';
import { openBuckets } from './input-object.ts';
import { outsideLake } from './outside-lake.ts';
import { walkFolder } from './walk-folder.ts';
import type { LeftOutFile } from './why-left-out.ts';

/** The files that inputs name. */
export interface FoundInputs {
  readonly files: readonly InputFile[];
  /** Files in the folders that are not loaded. */
  readonly leftOut: readonly LeftOutFile[];
  /** The places on S3 that were listed. */
  readonly listings: readonly Listing[];
}

export interface FindOptions {
  readonly format?: InputFormat | undefined;
  /** The lake that is loaded. Below a folder or a prefix it is left out. */
  readonly lake?: string | undefined;
  /** Where the lake's tables are on AWS: its region, for inputs in the lake's bucket. */
  readonly aws?: LakeTarget | undefined;
  /**
   * What of a place on S3 need not be listed; undefined for an input that is no such place, which the function may refuse. Defaults to
   * nothing.
   */
  readonly boundOf?: FindObjectsOptions['boundOf'] | undefined;
}

/**
 * Finds the files that the inputs name, each once, in a fixed order. An input that is the path of a file is that file, even
 * with `*`, `?` or `[` in its name; otherwise it may be a glob. A folder stands for the loadable files below it. The same is true of
 * objects on S3 and prefixes.
 *
 * @throws HeadwaterError `INPUT_NOT_FOUND` for an input without files, `INPUT_UNREADABLE` for one that cannot be read
 */
export async function findInputs(
  words: readonly string[],
  { format, lake, aws, boundOf = () => undefined }: FindOptions = {},
): Promise<FoundInputs> {
  const onS3 = { format, bucketOf: openBuckets(aws), boundOf };
  const listings: Listing[] = [];
  const found = new Map<string, InputFile>();
  const leftOut = new Map<string, LeftOutFile>();
  for (const word of words) {
    const meaning: Meaning = isS3Location(word)
      ? await findObjects(word, onS3)
      : await expand(word, format, boundOf);
    const { listing } = meaning;
    const isNamed = meaning.files[0]?.source === word;
    const outside =
      lake === undefined || isNamed ? { ...meaning, leftOut: [] } : outsideLake(meaning.files, lake);
    const { files } = outside;
    const others = [...meaning.others, ...outside.leftOut];
    if (listing) listings.push(listing);
    if (files.length === 0 && !listing?.omitted) {
      const names = others.map(({ source, why }) => `${source}: ${why}`);
      throw new HeadwaterError('INPUT_NOT_FOUND', {
        input: word,
        ...(names.length > 0 ? { leftOut: names } : {}),
      });
    }
    for (const file of files) if (!found.has(file.path)) found.set(file.path, file);
    for (const other of others) leftOut.set(other.source, other);
  }
  // A file that is named beside its folder is loaded.
  return {
    files: [...found.values()],
    leftOut: [...leftOut.values()].filter(({ source }) => !found.has(source)),
    listings,
  };
}

interface Meaning {
  readonly files: readonly InputFile[];
  readonly others: readonly LeftOutFile[];
  readonly listing?: Listing | undefined;
}

/** The names of standard input as a file. As a file it would be opened a second time, which sockets do not allow. */
const standardInput: ReadonlySet<string> = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

async function expand(
  word: string,
  format: InputFormat | undefined,
  boundOf: FindObjectsOptions['boundOf'],
): Promise<Meaning> {
  boundOf(undefined);
  if (standardInput.has(word))
    return {
      files: [{ source: word, path: '-', isStream: true, format, compression: undefined }],
      others: [],
    };
  const info = await stat(word).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw inputError(word, cause);
  });
  if (info?.isDirectory()) {
    const { paths, leftOut } = await walkFolder(word, format);
    return { files: paths.map((path) => describe(path, format)), others: leftOut };
  }
  if (info) return { files: [describe(word, format, info)], others: [] };
  const matches = isDynamicPattern(word) ? await glob([word.replaceAll('\\', '/')]) : [];
  return { files: matches.sort().map((path) => describe(path, format)), others: [] };
}

function describe(path: string, format: InputFormat | undefined, info?: Stats): InputFile {
  if (info && !info.isFile() && !info.isFIFO())
    throw inputError(
      path,
      new Error('it is a device or a socket: give a file, a pipe, or - for standard input'),
    );
  const named = namedFormat(path);
  return {
    source: path,
    path,
    isStream: info?.isFIFO() ?? false,
    format: format ?? named.format,
    // The option sets the format alone.
    compression: named.compression,
  };
}
