/** A change of the definition that committed files do not fit. */
export interface FileMisfit {
  /** The change's id, as `--allow` takes it. */
  readonly id: string;
  readonly column: string;
  /** The change in words. */
  readonly text: string;
  /** The number of files that do not fit. */
  readonly files: number;
  /** The first and the last commit of those files. */
  readonly commits: readonly [first: number, last: number];
  /** The next step for the user. */
  readonly fix: string;
}

/**
 * Describes a misfit in one line, without its fix.
 * @example // price: was removed (drop-column:price; 3 files of commits 1 to 2)
 */
export function misfitText({ id, text, files, commits: [first, last] }: FileMisfit): string {
  const which = `${files} ${files === 1 ? 'file' : 'files'}`;
  const whose = first === last ? `commit ${first}` : `commits ${first} to ${last}`;
  return `${text} (${id}; ${which} of ${whose})`;
}
