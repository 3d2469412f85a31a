import { isReady } from './endpoints.ts';
import { isRunning, residentBytes } from './process-table.ts';
import { type PartName, partNames, readRunningState } from './running-state.ts';

/** The status of one part. */
export interface PartStatus {
  readonly name: PartName;
  readonly url: string;
  readonly state: 'ready' | 'silent' | 'ended';
  readonly pid?: number;
  /** Bytes of memory it holds. */
  readonly memory?: number;
}

/** The status of each part; empty when nothing was started. */
export async function status(): Promise<readonly PartStatus[]> {
  const state = readRunningState();
  if (state === undefined) return [];
  return Promise.all(
    partNames.map(async (name) => {
      const url = state[name];
      const identity = state.processes[name];
      if (identity === undefined || !isRunning(identity)) return { name, url, state: 'ended' as const };
      const { pid } = identity;
      const memory = residentBytes(pid);
      const ready = await isReady(name, url);
      return {
        name,
        url,
        state: ready ? 'ready' : 'silent',
        pid,
        ...(memory === undefined ? {} : { memory }),
      };
    }),
  );
}
