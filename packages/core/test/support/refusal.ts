import { expect } from 'vitest';
import { isHeadwaterError } from '../../src/index.ts';

/** The error that a definition is refused with. It has a fix. */
export function refusal(define: () => unknown): { column: string | undefined; message: string } {
  try {
    define();
  } catch (error) {
    if (!isHeadwaterError(error, 'DEFINITION_INVALID')) throw error;
    expect(error.payload.fix).not.toBe('');
    return { column: error.payload.column, message: error.message };
  }
  throw new Error('the definition was accepted');
}
