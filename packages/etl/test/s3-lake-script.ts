import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readLakeHistory, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { loadEvents } from '../src/index.ts';
import { sparkCommitPlan } from '../src/load/spark/commit-plan.ts';
import { events } from './events-table.ts';

const script = fileURLToPath(new URL('s3_lake_load.py', import.meta.url));
/** A Python with boto3. */
const python = process.env['HEADWATER_PYTHON'] ?? 'python3';

/** What the script prints at its end. */
export interface ScriptResult {
  readonly status: string;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly sequence?: number;
  readonly attempts?: number;
  readonly removedLeftovers?: readonly string[];
}

/** The files of a prepared load, for one lake. */
export interface PreparedLoad {
  readonly plan: string;
  readonly written: string;
}

/**
 * Cleans inputs into a lake in a folder of its own, whose files and counts the script then commits to `lake`: they are what a load by
 * Spark would write, if no row is in the lake already.
 */
export async function prepareLoad(
  folder: string,
  name: string,
  inputs: readonly string[],
  lake: string,
  leftoverGraceSeconds = 0,
): Promise<PreparedLoad> {
  const local = join(folder, `${name}-lake`);
  await loadEvents({ table: events, lake: local, inputs, maxQuarantine: 1 });
  const [manifest] = await readLakeHistory(openLakeStore(local), events.name);
  if (!manifest) throw new Error('Nothing was loaded');
  const entry = (file: (typeof manifest.added)[number]) => ({
    ...file,
    local: join(local, file.path),
    folder: file.path.slice(0, file.path.lastIndexOf('/')),
  });
  const written = {
    ...manifest,
    added: manifest.added.map(entry),
    quarantineAdded: manifest.quarantineAdded.map(entry),
  };
  const state = await readLakeState(openLakeStore(lake), events.name);
  const plan = {
    lake,
    table: events.name,
    manifest: sparkCommitPlan(events.schema, state, lake, { leftoverGraceSeconds }),
  };
  const paths = { plan: join(folder, `${name}-plan.json`), written: join(folder, `${name}-written.json`) };
  await writeFile(paths.plan, JSON.stringify(plan));
  await writeFile(paths.written, JSON.stringify(written));
  return paths;
}

/** Starts the script. */
export function startScript(
  { plan, written }: PreparedLoad,
  words: readonly string[] = [],
  endpoint?: string,
) {
  const child = spawn(python, [script, plan, written, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint }) },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    line: async () => String((await lines.next()).value),
    /** Lets a waiting script go on. */
    goOn: () => child.stdin.write('\n'),
    exit: once(child, 'exit'),
  };
}

/** Runs the script to its end. */
export async function runScript(prepared: PreparedLoad): Promise<ScriptResult> {
  const { line, exit } = startScript(prepared);
  const result: ScriptResult = JSON.parse(await line());
  await exit;
  return result;
}
