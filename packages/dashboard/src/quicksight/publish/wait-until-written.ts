import { HeadwaterError } from '@headwater/core';
import { type Pace, pause } from '@headwater/storage';
import { assetWords, type PublishedAsset, type WrittenAsset } from './published-asset.ts';

/** How often a state is read at most: with the usual pace, some five minutes. */
const mostLooks = 60;
/** The pauses between, in milliseconds. */
export const usualPace: Pace = { first: 250, most: 5_000 };

/**
 * Waits until the service has written an asset.
 *
 * @returns false when a data set in SPICE is still being filled: it is there, and its rows come later
 * @throws HeadwaterError `DASHBOARD_REFUSED` with the service's errors, or when it takes too long
 */
export async function waitUntilWritten(
  asset: PublishedAsset,
  written: WrittenAsset,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let status = '';
  for (let look = 1; look <= mostLooks; look += 1) {
    const state = await asset.state(written);
    ({ status } = state);
    if (status.endsWith('_SUCCESSFUL')) return true;
    if (!status.endsWith('_IN_PROGRESS'))
      throw new HeadwaterError('DASHBOARD_REFUSED', {
        asset: assetWords(asset),
        problem: `its state is ${status}`,
        errors: state.errors,
      });
    await pause(pace, look, signal);
  }
  if (written.ingestion !== undefined) return false;
  const problem = `its state is ${status} after ${mostLooks} looks`;
  throw new HeadwaterError('DASHBOARD_REFUSED', { asset: assetWords(asset), problem, errors: [] });
}
