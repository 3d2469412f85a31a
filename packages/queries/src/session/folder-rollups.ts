import {
  answerType,
  daySources,
  type LakeState,
  quoteName,
  quoteText,
  type RollupEntry,
  readRollups,
  type StoredRollup,
  trinoType,
  validEntries,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { type OpenedRollup, rollupView } from './opened-rollup.ts';

/** Files that a statement names at most: Athena takes 262,144 bytes of text. */
const mostFiles = 1000;

/**
 * The rollups of a table that an engine reads in their folders, through their tables in the catalog. Those folders hold files of replaced
 * answers as well, so a statement names the files that it reads.
 *
 * @param database the Glue database that the engine reads
 */
export async function folderRollups(
  store: LakeStore,
  lakeState: LakeState,
  database: string,
): Promise<OpenedRollup[]> {
  const state = await readRollups(store, lakeState.table);
  if (!state) return [];
  const sources = daySources(lakeState.files);
  return state.rollups.flatMap((rollup): OpenedRollup[] => {
    const columns = columnsIn(rollup);
    const entries = validEntries(rollup, sources);
    // Kinds other than answers are DuckDB's.
    if ('kind' in rollup || rollup.database !== database || !columns || entries.length === 0) return [];
    return [
      {
        rollup: { ...rollup, columns },
        view: rollupView(rollup.name, lakeState.sequence, state.sequence),
        entries,
        sources,
        relation: (days) => {
          const files = entries.filter(({ day }) => days.some(({ from, to }) => day >= from && day <= to));
          return files.length > mostFiles
            ? undefined
            : relationOf({ ...rollup, columns }, files, store.location);
        },
      },
    ];
  });
}

/** The columns with the types of the engine's answers; undefined where it lacks one. */
function columnsIn({ columns }: StoredRollup): StoredRollup['columns'] | undefined {
  const typed = columns.flatMap((column) => {
    const type = answerType(column);
    return type === undefined ? [] : [{ name: column.name, type: trinoType(type) }];
  });
  return typed.length === columns.length ? typed : undefined;
}

/**
 * The rows of some entries. The engine lists the folders when it reads them: a file that is gone by then would be rows that are missing, so the
 * second part counts the files, and divides by zero when one is missing. It reads one text column of them at most.
 */
function relationOf(
  { name, columns }: StoredRollup,
  entries: readonly RollupEntry[],
  location: string,
): string {
  const paths = entries.flatMap(({ path }) => path ?? []);
  const days = entries.map(({ day }) => day).toSorted();
  const [first, last] = [quoteText(days[0] ?? ''), quoteText(days.at(-1) ?? '')];
  const cast = (value: string, { name: column, type }: StoredRollup['columns'][number]): string =>
    `cast(${value} as ${type}) as ${quoteName(column)}`;
  const from = quoteName(name);
  if (paths.length === 0) {
    const nulls = columns.map((column) => cast('null', column));
    return `select ${nulls.join(', ')}, cast(null as varchar) as dt where false`;
  }
  const listed = paths.map((path) => quoteText(`${location.replace(/\/+$/, '')}/${path}`)).join(', ');
  const where = `where "$path" in (${listed}) and dt >= ${first} and dt <= ${last}`;
  const rows = columns.map((column) => cast(quoteName(column.name), column));
  // Values that no condition on a column can tell from those of the rows, so that none rules the part out before it counts.
  const counted = columns.map((column) =>
    cast(column.type === 'varchar' ? `max(${quoteName(column.name)})` : 'null', column),
  );
  const names = [...columns.map((column) => quoteName(column.name)), 'dt'].join(', ');
  return (
    `select ${rows.join(', ')}, dt from ${from} ${where} union all select ${names} from (` +
    `select ${counted.join(', ')}, coalesce(max(dt), ${first}) as dt, count(distinct "$path") as present from ${from} ${where}) ` +
    `where 1 / (case when present = ${paths.length} then 1 else 0 end) = 0`
  );
}
