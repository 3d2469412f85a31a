import { packageMissing } from '@headwater/core/internal';

/** Handles the failed import of what makes Arrow of an engine's results. */
export const arrowMissing = packageMissing('apache-arrow', 'A result as Arrow');
