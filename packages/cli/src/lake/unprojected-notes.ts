import type { AwsTarget } from '@headwater/core';
import { type DataFile, readLakeState, unprojectedDays } from '@headwater/core/internal';
import type { LakeEngine } from '@headwater/queries';
import { openLakeStore } from '@headwater/storage';
import { unprojectedText } from '../output/unprojected-text.ts';

/** The part of an opened lake that decides which days its engine reads. */
interface ProjectedLake {
  readonly config: { readonly aws?: AwsTarget };
  readonly engine: Pick<LakeEngine, 'reportsScan'>;
  readonly location: string;
}

/**
 * Notes beside an answer of Athena or Trino: the rows that the lake holds on asked days, and that the engine omits because
 * their days are outside of the projection. Empty for DuckDB, without `aws`, and when the lake cannot be read from here.
 *
 * @param asked first and last day, inclusive. Defaults to all
 */
export async function unprojectedNotes(
  { config: { aws }, engine, location }: ProjectedLake,
  tables: readonly string[],
  asked?: readonly [first: string, last: string],
): Promise<string[]> {
  if (!aws || !engine.reportsScan) return [];
  const notes = tables.map(async (table) => {
    const files = await filesOf(location, table, aws);
    const found = unprojectedDays(files, aws, { asked });
    return found ? [`${table}: ${unprojectedText(found)}`] : [];
  });
  return (await Promise.all(notes)).flat();
}

async function filesOf(location: string, table: string, aws: AwsTarget): Promise<readonly DataFile[]> {
  try {
    return (await readLakeState(openLakeStore(location, { aws }), table)).files;
  } catch {
    // The answer is right without the note.
    return [];
  }
}
