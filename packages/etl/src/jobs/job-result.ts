import type { LakeStore } from '@headwater/storage';

/** What the script of a job writes at its end, as far as the commands read it. */
export interface JobResult {
  readonly status: 'committed' | 'skipped' | 'failed';
  /** Of a failed run: a code of Headwater's errors, or one of the script's own. */
  readonly code?: string;
  /** The payload of the code. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly runId?: string;
  /** The commit's number. */
  readonly sequence?: number;
  readonly rowsIn?: number;
  readonly rowsOut?: number;
  readonly duplicates?: number;
  readonly quarantined?: number;
  /** Inputs without bytes, unpacked: the first ones. */
  readonly emptyInputs?: readonly string[];
  readonly removedLeftovers?: readonly string[];
  /** Paths that the commit replaced and that could not be removed. */
  readonly notRemoved?: readonly string[];
}

/**
 * Reads what a run wrote. Undefined when it wrote nothing: it still runs, or it died before it could.
 *
 * @param place the `--result` of the run, `s3://...`
 */
export async function readJobResult(
  store: LakeStore,
  lake: string,
  place: string | undefined,
): Promise<JobResult | undefined> {
  if (!place?.startsWith(`${lake}/`)) return undefined;
  const path = place.slice(lake.length + 1);
  if ((await store.info(path)) === undefined) return undefined;
  const value: unknown = JSON.parse(await store.readText(path));
  return isResult(value) ? value : undefined;
}

const isResult = (value: unknown): value is JobResult =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  ['committed', 'skipped', 'failed'].includes(String(value.status));
