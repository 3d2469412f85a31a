import { readFileSync } from 'node:fs';
import type { LakeStore } from '@headwater/storage';

/** Runs one step of a store. A test chooses when, and may fail the step instead. */
export type Step = <Result>(name: string, step: () => Result) => Promise<Result>;

/** The objects of a bucket, and the uploads that are not complete. */
export interface Bucket {
  readonly objects: Map<string, string>;
  readonly uploads: Set<string>;
}

/**
 * A lake in memory with the semantics of S3 that writers depend on: objects appear whole, a conditional put succeeds once, a copy of
 * an object that is gone fails, an upload that was aborted cannot be completed, and every request sees all those before it
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel). Each request is one step.
 */
export function createMemoryStore({ objects, uploads }: Bucket, step: Step): LakeStore {
  const missing = (path: string): Error =>
    Object.assign(new Error(`NoSuchKey ${path}`), { name: 'NoSuchKey' });
  const get = (path: string): string => {
    const found = objects.get(path);
    if (found === undefined) throw missing(path);
    return found;
  };
  const modifiedAt = new Date(0);
  return {
    kind: 's3',
    location: 's3://memory/lake',
    readText: (path) => step(`read ${path}`, () => get(path)),
    list: (folder, after = '') =>
      step(`list ${folder}`, () =>
        [...objects.keys()]
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1))
          .filter((name) => !name.includes('/') && name > after),
      ),
    info: (path) =>
      step(`info ${path}`, () => {
        const text = objects.get(path);
        return text === undefined ? undefined : { path, bytes: text.length, modifiedAt };
      }),
    folders: (prefix) =>
      step(`folders ${prefix}`, () => [
        ...new Set(
          [...objects.keys()].flatMap((path) => {
            const [folder = '', ...below] = path.split('/');
            return below.length > 0 && folder.startsWith(prefix) ? [folder] : [];
          }),
        ),
      ]),
    async *walk(folder) {
      const found = await step(`walk ${folder}`, () =>
        [...objects].filter(([path]) => path.startsWith(`${folder}/`)),
      );
      for (const [path, text] of found) yield { path, bytes: text.length, modifiedAt };
    },
    async *read(path) {
      yield Buffer.from(await step(`read ${path}`, () => get(path)));
    },
    createText: (path, text) =>
      step(`create ${path}`, () => {
        if (objects.has(path)) return objects.get(path) === text;
        objects.set(path, text);
        return true;
      }),
    replaceText: (path, text) => step(`replace ${path}`, () => void objects.set(path, text)),
    async put(path, localFile) {
      // Read at once: only steps decide what comes before what.
      const text = readFileSync(localFile, 'utf8');
      const id = await step(`begin ${path}`, () => {
        const upload = `${path} ${localFile}`;
        uploads.add(upload);
        return upload;
      });
      await step(`complete ${path}`, () => {
        if (!uploads.delete(id)) throw new Error(`NoSuchUpload ${path}`);
        objects.set(path, text);
      });
    },
    copy: (from, to) => step(`copy ${from} ${to}`, () => void objects.set(to, get(from))),
    remove: (paths) =>
      step(`remove ${paths.join(' ')}`, () => {
        for (const path of paths) objects.delete(path);
      }),
    async *unfinishedUploads(folder) {
      const found = await step(`uploads ${folder}`, () =>
        [...uploads].filter((id) => id.startsWith(`${folder}/`)),
      );
      for (const id of found)
        yield {
          path: id.slice(0, id.indexOf(' ')),
          startedAt: modifiedAt,
          abort: () => step(`abort ${id}`, () => void uploads.delete(id)),
        };
    },
  };
}
