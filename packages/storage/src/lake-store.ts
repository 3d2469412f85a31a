import type { LakeReader } from '@headwater/core/internal';

/** A file of a lake. */
export interface StoredFile {
  /** The path below the lake, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** A range of a file's bytes. `last` is inclusive. */
export interface ByteRange {
  readonly first: number;
  readonly last?: number | undefined;
}

/** Options for putting a local file into a store. */
export interface PutOptions {
  /** The file's content hash. The store keeps it as metadata if it can. */
  readonly hash: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes sent since the last call. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** An upload that was neither completed nor aborted. Readers cannot see it, but S3 charges for its bytes. */
export interface UnfinishedUpload {
  readonly path: string;
  readonly startedAt: Date;
  /** Aborts the upload and frees its bytes. */
  abort(): Promise<void>;
}

/**
 * The files of a lake, in a folder or on S3. Paths are relative to the lake, with forward slashes. A file appears complete or
 * not at all, and is never changed in place.
 */
export interface LakeStore extends LakeReader {
  readonly kind: 'folder' | 's3';
  /** The size and the time of a file. Undefined if the file does not exist. */
  info(path: string): Promise<StoredFile | undefined>;
  /** Every file below `folder`, in no particular order. */
  walk(folder: string): AsyncIterable<StoredFile>;
  /** The names of the folders directly in the lake that begin with `prefix`, in no particular order. */
  folders(prefix: string): Promise<string[]>;
  /** The bytes of a file, as a stream. The file is opened with the first read. */
  read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Creates a file durably. Of two callers with different texts, only one succeeds.
   * @returns false if the file already has another text, which stays unchanged
   */
  createText(path: string, text: string): Promise<boolean>;
  /** Writes a file, or replaces it atomically. */
  replaceText(path: string, text: string): Promise<void>;
  /** Puts a copy of a local file into the store. */
  put(path: string, localFile: string, options: PutOptions): Promise<void>;
  /** Copies a file within the store. */
  copy(from: string, to: string): Promise<void>;
  /** Removes files. Missing files are ignored. */
  remove(paths: readonly string[]): Promise<void>;
  /** The unfinished uploads below `folder`. */
  unfinishedUploads(folder: string): AsyncIterable<UnfinishedUpload>;
}
