import { isHeadwaterError } from '../../../src/index.ts';

/** The code and the message of the error that a call throws. */
export function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isHeadwaterError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error('nothing was refused');
}
