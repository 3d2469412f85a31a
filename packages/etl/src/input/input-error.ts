import { HeadwaterError } from '@headwater/core';

const problems: Readonly<Record<string, string>> = {
  EACCES: 'permission denied: let this user read it',
  EPERM: 'permission denied: let this user read it',
  ENOENT: 'it is gone, and was there when the load began',
  EISDIR: 'it is a folder now, and was none when the load began',
  EMFILE: 'too many files are open: raise the limit of open files (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the disk or the network failed: read the file with another program, and copy it if that works',
  ESTALE: 'the network drive lost it: mount the drive again',
  ZSTD_error_frameParameter_windowTooLarge:
    'it is packed with a window of more than 128 MiB: unpack it first, as `zstd -d --long=31` does',
};

/**
 * The error for an input that cannot be read: its name, the reason and what to do about it.
 *
 * @param packing how the file is packed, for an error of its decompressor
 */
export function inputError(
  file: string,
  cause: unknown,
  packing?: string,
): HeadwaterError<'INPUT_UNREADABLE'> {
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  const [firstLine = ''] = message.split('\n');
  const isPacking = packing !== undefined && /^(?:Z_|ZSTD_)/.test(code);
  const problem = problems[code] ?? (isPacking ? `it is not whole ${packing}: ${firstLine}` : firstLine);
  return new HeadwaterError('INPUT_UNREADABLE', { file, problem }, { cause });
}
