import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { inParallel, isInputArgument, jobsPath } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { createXXHash128 } from 'hash-wasm';
import { sparkScripts } from '../load/spark/spark-scripts.ts';

/** The files of a job on S3, `s3://...`. */
export interface JobFiles {
  readonly script: string;
  readonly modules: readonly string[];
  readonly plan: string;
  /** The list of the inputs, where they are too many for an argument. */
  readonly inputList: string | undefined;
}

const parallelPuts = 8;

/**
 * Puts the script, its modules, the plan and a long list of inputs below the lake. Each is named by its content, so a file that is
 * there already is the same, and jobs that use an earlier one are not disturbed.
 */
export async function putJobFiles(
  { store, lake }: { readonly store: LakeStore; readonly lake: string },
  table: string,
  plan: object,
  inputs: readonly string[],
): Promise<JobFiles> {
  const { main, modules } = sparkScripts();
  const texts = await Promise.all([main, ...modules].map((path) => readFile(path, 'utf8')));
  const folder = jobsPath(table);
  const scripts = `${folder}/scripts/${await hashOf(texts.join('\0'))}`;
  const put = async (path: string, text: string): Promise<string> => {
    // A content's name cannot hold another content.
    await store.createText(path, text);
    return `${lake}/${path}`;
  };
  const [script = '', ...others] = await inParallel([main, ...modules], parallelPuts, (path) =>
    put(`${scripts}/${basename(path)}`, texts[[main, ...modules].indexOf(path)] ?? ''),
  );
  const planText = JSON.stringify(plan);
  const list = isInputArgument(inputs) ? undefined : JSON.stringify(inputs);
  return {
    script,
    modules: others,
    plan: await put(`${folder}/plans/${await hashOf(planText)}.json`, planText),
    inputList: list && (await put(`${folder}/inputs/${await hashOf(list)}.json`, list)),
  };
}

/** XXH3-128 of a text, in hex. */
async function hashOf(text: string): Promise<string> {
  const hasher = await createXXHash128();
  return hasher.init().update(text).digest();
}
