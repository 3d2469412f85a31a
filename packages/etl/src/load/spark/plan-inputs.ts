import { HeadwaterError } from '@headwater/core';
import { isMachineError } from '../../engine/machine-error.ts';
import type { ColumnGap } from '../../input/column-gap.ts';
import { identifyInput } from '../../input/identify-input.ts';
import { inputError } from '../../input/input-error.ts';
import type { InputFile } from '../../input/input-file.ts';
import type { InputObject } from '../../input/input-object.ts';
import { assertUnchanged, stampOf } from '../../input/input-stamp.ts';
import { localInputs } from '../../input/local-batches.ts';
import { assertByName } from '../../input/position-layout.ts';
import { spoolInput } from '../../input/spool-input.ts';
import { textLayout } from '../../input/text-layout.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import type { ReadOptions } from '../load-engine.ts';
import type { PlannedInput } from './spark-plan.ts';

/** An input that the script is to read, and what was found out about it before. */
export interface InputToRead {
  readonly planned: PlannedInput;
  readonly gap: ColumnGap;
  /** The object on S3 that was downloaded. */
  readonly object?: InputObject | undefined;
  /** @throws HeadwaterError `INPUT_CHANGED` when the input was written since it was planned */
  assertUnchanged(): Promise<void>;
}

/** Nothing is left over on either side. */
export const noGap: ColumnGap = { unread: [], repeated: [], absent: [] };

/**
 * Looks at the beginning of every input: its format, and how its lines are split. Its bytes are read by the script.
 *
 * @throws HeadwaterError `INPUT_*`, naming the input
 */
export async function planInputs(
  run: Pick<WriteRun, 'staged' | 'options'>,
  files: readonly InputFile[],
  reading: Pick<ReadOptions, 'file' | 'stdin' | 'delimiter' | 'header'>,
): Promise<InputToRead[]> {
  const { aws, signal } = run.options;
  const to = (index: number): string => run.staged(`object-${index}`);
  const planned: InputToRead[] = [];
  for (const [index, file] of (await localInputs(files, { to, aws, signal })).entries()) {
    run.options.signal?.throwIfAborted();
    planned.push(await planInput(run, file, index, reading));
  }
  return planned;
}

async function planInput(
  { staged, options: { signal } }: Pick<WriteRun, 'staged' | 'options'>,
  file: InputFile,
  index: number,
  { file: schema, stdin, delimiter, header }: Pick<ReadOptions, 'file' | 'stdin' | 'delimiter' | 'header'>,
): Promise<InputToRead> {
  const { source, object } = file;
  let assertSame = async (): Promise<void> => {};
  try {
    const at = await spoolInput(file, { stdin, signal, spoolTo: staged(`input-${index}.spool`) });
    const stamp = await stampOf(at);
    if (!file.isStream) assertSame = () => assertUnchanged(source, at, stamp);
    const found = { object, gap: noGap, assertUnchanged: assertSame };
    const bytes = Number(stamp.size);
    // The script finds that it has no rows, whatever its format.
    const empty = { source, at, bytes, format: 'jsonl' } as const;
    if (bytes === 0) return { ...found, planned: { ...empty, compression: 'none' } };
    const identified = await identifyInput(file, at);
    const { format, compression } = identified;
    if (identified.isEmpty) return { ...found, planned: { ...empty, compression } };
    const planned = { source, at, bytes, format, compression };
    if (format === 'parquet') {
      assertByName(schema, source, 'Parquet');
      return { ...found, planned };
    }
    const { csv, gap } = await textLayout(source, at, identified, schema, { delimiter, header });
    return { ...found, gap, planned: csv ? { ...planned, layout: layoutOf(csv) } : planned };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    // The error of a file that is being written is misleading.
    await assertSame();
    if (cause instanceof HeadwaterError || (cause instanceof Error && isMachineError(cause))) throw cause;
    throw inputError(source, cause, file.compression);
  }
}

const layoutOf = ({ delimiter, width, positions, hasHeader }: NonNullable<PlannedInput['layout']>) => ({
  ...{ delimiter, width, positions, hasHeader },
});
