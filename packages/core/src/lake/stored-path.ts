import { z } from 'zod';

/** A path segment: not `.` or `..`, without backslashes and control characters. */
const segment = String.raw`(?!\.{1,2}(?:/|$))[^/\\\p{Cc}]+`;

/**
 * A path below a lake, as manifests store it. A lake may come from somebody else, and Headwater reads, copies and removes
 * its paths, so none may lead outside of the lake.
 */
export const storedPath = z
  .string()
  .regex(new RegExp(`^${segment}(?:/${segment})*$`, 'u'), 'is not a path below the lake');
