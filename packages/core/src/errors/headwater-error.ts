import { type ErrorPayloads, errorMessages, retryableCodes } from './error-codes.ts';

/** A stable error code. Codes are never renamed; a new situation gets a new code. */
export type ErrorCode = keyof ErrorPayloads;

/**
 * The one class of errors that a user can act on. Any other error that Headwater throws is a bug.
 *
 * @example
 * ```ts
 * try { await runLoad(...) } catch (error) {
 *   if (isHeadwaterError(error, 'INPUT_COLUMNS_MISSING')) console.log(error.payload.missing);
 * }
 * ```
 */
export class HeadwaterError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'HeadwaterError';
  readonly code: Code;
  /** The data of the message, typed by the code. */
  readonly payload: ErrorPayloads[Code];
  /** Whether a retry of the same call may succeed. */
  readonly retryable: boolean;

  constructor(code: Code, payload: ErrorPayloads[Code], options?: { cause?: unknown }) {
    super(errorMessages[code](payload), options);
    this.code = code;
    this.payload = payload;
    this.retryable = retryableCodes.has(code);
  }

  /** The JSON that `--json` prints: code, message, payload; never a stack. */
  toJSON(): { code: Code; message: string; payload: ErrorPayloads[Code]; retryable: boolean } {
    return { code: this.code, message: this.message, payload: this.payload, retryable: this.retryable };
  }
}

/** Whether `error` is a {@link HeadwaterError}, and of `code` when one is given. */
export function isHeadwaterError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is HeadwaterError<Code> {
  return error instanceof HeadwaterError && (code === undefined || error.code === code);
}
