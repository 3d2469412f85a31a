import { HeadwaterError } from '@headwater/core';

/**
 * Wraps a callback of the user's, so that an error that it throws is reported as its own and not as a fault of the file
 * that was being read.
 *
 * @param isCommitted whether the run has committed by now
 * @returns a function that throws HeadwaterError `CALLBACK_FAILED`
 */
export function guardCallback<Argument>(
  callback: string,
  call: (argument: Argument) => void,
  isCommitted: () => boolean = () => false,
): (argument: Argument) => void {
  return (argument) => {
    try {
      call(argument);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new HeadwaterError('CALLBACK_FAILED', { callback, problem, committed: isCommitted() }, { cause });
    }
  };
}
