import { z } from 'zod';

/** A name between slashes: not `.` or `..`, no backslash, nothing that moves a terminal's cursor. */
const segment = String.raw`(?!\.{1,2}(?:/|$))[^/\\\p{Cc}]+`;

/**
 * A path below a lake, as manifests hold it. A lake may have been written by somebody else, and its paths are read,
 * copied and removed: none may lead out of the lake.
 */
export const storedPath = z
  .string()
  .regex(new RegExp(`^${segment}(?:/${segment})*$`, 'u'), 'is not a path below the lake');
