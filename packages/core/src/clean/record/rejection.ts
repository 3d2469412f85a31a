import type { RejectCode } from '../reject-code.ts';

/** Why a value is rejected. There is one object for each code, so that rejecting allocates nothing. */
export class Rejection {
  readonly code: RejectCode;

  constructor(code: RejectCode) {
    this.code = code;
  }
}

const known = new Map<RejectCode, Rejection>();

/** The rejection with this code. */
export function rejection(code: RejectCode): Rejection {
  const one = known.get(code) ?? new Rejection(code);
  known.set(code, one);
  return one;
}

/** Whether a cleaned value is a rejection. */
export const isRejection = (value: unknown): value is Rejection => value instanceof Rejection;
