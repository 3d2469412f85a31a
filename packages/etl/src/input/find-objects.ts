import type { S3Object, S3Objects } from '@headwater/storage';
import picomatch from 'picomatch';
import { isDynamicPattern } from 'tinyglobby';
import { type InputFile, type InputFormat, namedFormat } from './input-file.ts';
import { type ObjectPlace, objectError, objectSource, parseObjectPlace } from './input-object.ts';
import { type ListingBound, listPlace } from './list-place.ts';
import { isHidden, type LeftOutFile, whyLeftOut } from './why-left-out.ts';

/** A place on S3 that was listed for the inputs. */
export interface Listing {
  /** The input as the user named it; a folder has a slash at its end. */
  readonly location: string;
  /** When the listing began. */
  readonly at: Date;
  /** The first day whose folders were listed, `YYYY-MM-DD`; null when all of the place was. */
  readonly from: string | null;
  /** Folders of earlier days that were not listed, because objects of theirs are in the lake. */
  readonly omitted: number;
}

/** The objects that an input on S3 names. */
export interface FoundObjects {
  readonly files: readonly InputFile[];
  readonly others: readonly LeftOutFile[];
  /** Undefined for one object. */
  readonly listing: Listing | undefined;
}

/** A prefix that is listed for an input. */
export interface ListedPlace {
  /** {@link Listing.location} */
  readonly location: string;
  readonly bucket: string;
  /** The beginning of keys, as far as it is a whole folder: it ends in a slash, or is empty. */
  readonly folder: string;
}

export interface FindObjectsOptions {
  readonly format: InputFormat | undefined;
  bucketOf(bucket: string): S3Objects;
  /** What of a place need not be listed. @param place undefined for a single object, which the function may refuse */
  boundOf(place: ListedPlace | undefined): ListingBound | undefined;
}

/**
 * Finds the objects that an input on S3 names, by the rules of files: the object of this key, else those that match a pattern, else
 * the loadable ones below the prefix. The size and ETag of each come with the listing, so none is opened.
 *
 * @throws HeadwaterError `OPTION_INVALID` for what is no such address, `INPUT_UNREADABLE` when S3 refuses
 */
export async function findObjects(word: string, options: FindObjectsOptions): Promise<FoundObjects> {
  const place = parseObjectPlace(word);
  const { bucket, key } = place;
  const objects = options.bucketOf(bucket);
  try {
    if (key !== '' && !key.endsWith('/')) {
      // Of all keys that begin with a key, it is the first. HeadObject would report a missing object as forbidden to some roles.
      for await (const page of objects.list(key, { limit: 1 })) {
        const [first] = page.objects;
        if (first?.key !== key) break;
        options.boundOf(undefined);
        return { files: [describe(bucket, first, options.format)], others: [], listing: undefined };
      }
    }
    return await search(place, objects, options);
  } catch (error) {
    throw objectError(word, error);
  }
}

/** The objects below a prefix, or those that a pattern matches. */
async function search(
  { bucket, key }: ObjectPlace,
  objects: S3Objects,
  options: FindObjectsOptions,
): Promise<FoundObjects> {
  const isPattern = isDynamicPattern(key);
  const isFolder = !isPattern || key === '' || key.endsWith('/');
  const word = isPattern || key === '' || key.endsWith('/') ? key : `${key}/`;
  // A pattern of folders stands for what is below them.
  const pattern = isFolder ? `${word}**` : word;
  const isMatch = isPattern ? picomatch(pattern, { posix: true, dot: isFolder }) : () => true;
  const prefix = isPattern ? (/^[^*?[\]{}()!+@\\|]*/.exec(pattern)?.[0] ?? '') : word;
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const place = { location: objectSource({ bucket, key: word }), bucket, folder };
  const found: S3Object[] = [];
  const others = new Map<string, LeftOutFile>();
  const listing = await list(objects, place, prefix, options, (object) => {
    // Consoles make an empty object for a folder.
    if ((object.key.endsWith('/') && object.bytes === 0) || !isMatch(object.key)) return;
    const other = isFolder ? leftOut(place, object.key, options.format) : undefined;
    // A hidden folder is named once, not by each of its objects.
    if (other) others.set(other.source, other);
    else found.push(object);
  });
  // In the order of a folder's files. S3 orders keys by their bytes.
  found.sort((left, right) => (left.key < right.key ? -1 : 1));
  const files = found.map((object) => describe(bucket, object, options.format));
  return { files, others: [...others.values()], listing };
}

/** Why an object below a folder is not loaded: by its own name, or by that of a folder. Undefined if it is loaded. */
function leftOut(
  { bucket, folder }: ListedPlace,
  key: string,
  format: InputFormat | undefined,
): LeftOutFile | undefined {
  const names = key.slice(folder.length).split('/');
  const hidden = names.findIndex((name, index) => isHidden(name) && index < names.length - 1);
  const [name = '', path] =
    hidden === -1 ? [names.at(-1), key] : [names[hidden], folder + names.slice(0, hidden + 1).join('/')];
  const why = whyLeftOut(name, format);
  return why === undefined ? undefined : { source: objectSource({ bucket, key: path }), why };
}

async function list(
  objects: S3Objects,
  place: ListedPlace,
  prefix: string,
  { boundOf }: FindObjectsOptions,
  take: (object: S3Object) => void,
): Promise<Listing> {
  const at = new Date();
  const bound = boundOf(place);
  const omitted = { folders: 0 };
  for await (const object of listPlace(objects, prefix, bound, omitted)) take(object);
  return { location: place.location, at, from: bound?.from ?? null, omitted: omitted.folders };
}

function describe(bucket: string, object: S3Object, format: InputFormat | undefined): InputFile {
  const source = objectSource({ bucket, key: object.key });
  const named = namedFormat(object.key);
  return {
    ...{ source, path: source, isStream: false },
    format: format ?? named.format,
    compression: named.compression,
    object: { ...object, bucket },
  };
}
