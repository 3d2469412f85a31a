import { HeadwaterError } from '@headwater/core';
import { byteSize } from '@headwater/core/internal';

/** The smallest and the largest accepted size, as texts. */
export interface SizeBounds {
  readonly least: string;
  readonly most?: string;
}

/**
 * Parses a size such as `1GB` or `256MiB` to bytes.
 *
 * @throws HeadwaterError `OPTION_INVALID`, naming the option, for a text that is no size or a size that is out of bounds
 */
export function sizeBytes(option: string, size: string, { least, most }: SizeBounds): number {
  const bytes = byteSize(option, size);
  const highest = most === undefined ? Number.POSITIVE_INFINITY : byteSize(option, most);
  if (bytes >= byteSize(option, least) && bytes <= highest) return bytes;
  const expected = `a size of at least ${least}${most === undefined ? '' : ` and at most ${most}`}`;
  throw new HeadwaterError('OPTION_INVALID', { option, value: size, expected });
}
