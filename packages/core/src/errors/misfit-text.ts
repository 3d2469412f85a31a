/** A change of a definition that committed files do not fit. */
export interface FileMisfit {
  /** The change's id, as `--allow` takes it. */
  readonly id: string;
  readonly column: string;
  /** What changed. */
  readonly text: string;
  /** The number of those files. */
  readonly files: number;
  /** The first and the last commit that added some of them. */
  readonly commits: readonly [first: number, last: number];
  /** What to do about it. */
  readonly fix: string;
}

/**
 * A misfit in one line.
 * @example // price: is gone (drop-column:price; 3 files of commits 1 to 2): allow it: --allow drop-column:price
 */
export function misfitText({ id, text, files, commits: [first, last], fix }: FileMisfit): string {
  const which = `${files} ${files === 1 ? 'file' : 'files'}`;
  const whose = first === last ? `commit ${first}` : `commits ${first} to ${last}`;
  return `${text} (${id}; ${which} of ${whose}): ${fix}`;
}
