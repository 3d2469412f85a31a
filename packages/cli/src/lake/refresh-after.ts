import type { RollupReport } from '@headwater/etl';
import { rollupsOfConfig } from './rollups-of-config.ts';
import type { RollupCall, RollupPlace } from './write-rollups.ts';

/**
 * Writes the rollups of the config again after a commit. The commit is done, whether this succeeds or not.
 *
 * @param failed takes the failure
 * @returns what to add to the report of the commit: nothing for a table without rollups
 */
export async function refreshAfter(
  call: RollupCall,
  place: RollupPlace,
  failed: (failure: unknown) => void,
): Promise<{ readonly rollups?: RollupReport }> {
  if (rollupsOfConfig(place.config, place.table).length === 0) return {};
  try {
    // Metrics are loaded by projects with rollups alone.
    const { writeRollups } = await import('./write-rollups.ts');
    return { rollups: await writeRollups(call, place) };
  } catch (failure) {
    failed(failure);
    return {};
  }
}
