import type { InputFile } from '../../input/input-file.ts';
import type { ReadOptions, StagedInput } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { stageInput } from './stage-input.ts';

/** Scans every input once, then cleans and stages the rows of those that were not loaded before. */
export async function stageInputs(
  run: DuckdbRun,
  files: readonly InputFile[],
  reading: ReadOptions,
): Promise<StagedInput[]> {
  const prepared = await prepareInputs(run, files, reading);
  const known = new Set(reading.known);
  const fresh = prepared.filter(
    ({ hash, layout }) => layout.kind !== 'empty' && !known.has(hash) && known.add(hash),
  );
  const staged: StagedInput[] = [];
  for (const item of prepared) {
    const { source, hash, bytes, gap, rows } = item;
    const isEmpty = item.layout.kind === 'empty';
    const number = fresh.indexOf(item);
    if (number === -1) {
      const none = { rows: 0, accepted: 0, rejected: 0, filtered: 0 };
      staged.push({ source, hash, bytes, gap, isEmpty, skipped: true, ...none });
      continue;
    }
    run.inputs.push({ source, sourceName: reading.file.source });
    const { added, absent, ...counts } = await stageInput(run, reading.file, item, number);
    const input = {
      ...{ source, hash, bytes, isEmpty, skipped: false, rows: rows + added, ...counts },
      ...(run.schema.explode ? { records: rows } : {}),
      gap: { ...gap, absent: [...gap.absent, ...absent] },
    };
    reading.onStaged(input, (number + 1) / fresh.length);
    staged.push(input);
  }
  return staged;
}
