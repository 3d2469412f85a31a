import { packageMissing } from '@headwater/core/internal';

/** Handles the failed import of the modules that convert results to Arrow. */
export const arrowMissing = packageMissing('apache-arrow', 'A result as Arrow');
