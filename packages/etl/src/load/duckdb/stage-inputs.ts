import { rm } from 'node:fs/promises';
import type { InputFile } from '../../input/input-file.ts';
import { localBatches } from '../../input/local-batches.ts';
import { errorRecordsPath } from '../../input/prepare-input.ts';
import type { ReadOptions, StagedInput } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { stageInput } from './stage-input.ts';

/**
 * Scans every input once, then cleans and stages the rows of those that were not loaded before. Inputs on S3 are scanned and staged in
 * batches, for which there is space.
 */
export async function stageInputs(
  run: DuckdbRun,
  files: readonly InputFile[],
  reading: ReadOptions,
): Promise<StagedInput[]> {
  const { staged: path, options, schema } = run;
  const { progress } = reading;
  const known = new Set(reading.known);
  const staged: StagedInput[] = [];
  const batches = localBatches(files, {
    ...{ aws: options.aws, signal: options.signal },
    to: (position) => path(`object-${position}`),
    onBytes(bytes, isAwaited) {
      progress.addDownloaded(bytes);
      if (isAwaited) progress.reportDownload();
    },
  });
  for await (const { first, files: local } of batches) {
    const copyTo = (index: number): string => path(`input-${first + index}`);
    const prepared = await prepareInputs(run, local, { ...reading, known, copyTo });
    for (const [index, { number, ...item }] of prepared.entries()) {
      const { source, hash, bytes, gap, rows } = item;
      const isEmpty = item.layout.kind === 'empty';
      const found = { source, object: local[index]?.object, hash, bytes, isEmpty };
      if (number === undefined) {
        const none = { rows: 0, accepted: 0, rejected: 0, filtered: 0 };
        staged.push({ ...found, gap, skipped: true, ...none });
        continue;
      }
      run.inputs.push({ source, sourceName: reading.file.source });
      const { added, absent, ...counts } = await stageInput(run, reading.file, item, number);
      const input = {
        ...{ ...found, skipped: false, rows: rows + added, ...counts },
        ...(schema.explode ? { records: rows } : {}),
        gap: { ...gap, absent: [...gap.absent, ...absent] },
      };
      reading.onStaged(input, (first + index + 1) / files.length);
      staged.push(input);
    }
    for (const index of local.keys())
      for (const copy of [copyTo(index), errorRecordsPath(copyTo(index))]) await rm(copy, { force: true });
  }
  return staged;
}
