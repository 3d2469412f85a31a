import { HeadwaterError } from '../errors/headwater-error.ts';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Converts a size as people write it to bytes. `kB`, `MB`, `GB` and `TB` are decimal, `KiB` and the like are binary: `5 GB`, `1.5 GiB`, `1000`.
 *
 * @param option the name of the option, for the message
 * @throws HeadwaterError `OPTION_INVALID`
 * @example byteSize('maxScan', '5 GB') // 5_000_000_000
 */
export function byteSize(option: string, size: string | number): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(String(size).trim()) ?? [];
  const scale = units[unit.toLowerCase()];
  const bytes = Math.floor(Number(digits) * (scale ?? Number.NaN));
  if (digits !== '' && bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: String(size),
    expected: 'a size such as 5 GB',
  });
}
