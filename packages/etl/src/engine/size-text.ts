import { HeadwaterError } from '@headwater/core';

const unitBytes: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/**
 * The bytes that a size such as `1GB` or `256MiB` means.
 *
 * @throws HeadwaterError `OPTION_INVALID`, naming the option, for anything else and for less than `minimum`
 */
export function sizeBytes(option: string, size: string, minimum: '1KB' | '100MB'): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]i?B)$/i.exec(size.trim());
  const unit = unitBytes[match?.[2]?.toUpperCase() ?? ''];
  const bytes = Number(match?.[1]) * (unit ?? Number.NaN);
  if (Number.isNaN(bytes) || (size !== minimum && bytes < sizeBytes(option, minimum, minimum))) {
    throw new HeadwaterError('OPTION_INVALID', {
      option,
      value: size,
      expected: `a size of at least ${minimum}, such as 1GB`,
    });
  }
  return bytes;
}
