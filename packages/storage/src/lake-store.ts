import type { LakeReader } from '@headwater/core/internal';

/** A file of a lake, as its store lists it. */
export interface StoredFile {
  /** Below the lake, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: Date;
}

/** Bytes of a file: the first, and the last, which is inside. */
export interface ByteRange {
  readonly first: number;
  readonly last?: number | undefined;
}

/** How a local file is put into a store. */
export interface PutOptions {
  /** The file's content hash; kept beside the file where the store can. */
  readonly hash: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that went out since the last call. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** An upload that was begun and neither finished nor given up. It can be seen by nobody, and costs its bytes. */
export interface UnfinishedUpload {
  readonly path: string;
  readonly startedAt: Date;
  /** Gives it up; its bytes are freed. */
  abort(): Promise<void>;
}

/**
 * The files of a lake, wherever it is. Paths are relative to the lake, with forward slashes. A file is there whole or
 * not at all, and nothing is changed in place.
 */
export interface LakeStore extends LakeReader {
  readonly kind: 'folder' | 's3';
  /** What is known of a file; undefined when there is none. */
  info(path: string): Promise<StoredFile | undefined>;
  /** Every file below `folder`, in no order that can be relied on. */
  walk(folder: string): AsyncIterable<StoredFile>;
  /** The bytes of a file as they come. Nothing is opened before the first are asked for. */
  read(path: string, range?: ByteRange, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * Creates a file, whole and lasting. Of two callers with different texts one succeeds.
   * @returns false when the file holds another text already; it is left as it is
   */
  createText(path: string, text: string): Promise<boolean>;
  /** Writes a file, replacing what was there in one step. */
  replaceText(path: string, text: string): Promise<void>;
  /** Puts a copy of a local file into the store. */
  put(path: string, localFile: string, options: PutOptions): Promise<void>;
  /** Copies a file within the store. */
  copy(from: string, to: string): Promise<void>;
  /** Removes files; those that are not there are no error. */
  remove(paths: readonly string[]): Promise<void>;
  /** Uploads below `folder` that are still open. */
  unfinishedUploads(folder: string): AsyncIterable<UnfinishedUpload>;
}
