import { derivePostgresPartition, HeadwaterError } from '@headwater/core';
import { postgresDay, qualifiedName } from '@headwater/core/internal';
import { copyFile, type FileCopying } from './copy-file.ts';
import { addFile, removeFiles } from './load-records.ts';
import type { LoadStep } from './plan-postgres-load.ts';

/** A load that runs its steps. */
export interface StepContext extends FileCopying {
  readonly isPartitioned: boolean;
}

/**
 * Runs one step in one transaction: days are emptied, files copied, both recorded. Either all of it is committed, or nothing.
 *
 * @throws HeadwaterError `WAREHOUSE_DIVERGED` when a day does not have the rows that loads put there
 */
export async function runLoadStep(
  context: StepContext,
  { replaced, rowsRemoved, files }: LoadStep,
): Promise<void> {
  const { session, target, definition } = context;
  await session.transaction(async () => {
    if (context.isPartitioned)
      for (const month of new Set(files.map(({ day }) => day.slice(0, 7))))
        await session.client.query(derivePostgresPartition(definition, month, { schema: target.schema }));
    if (replaced.length > 0) await emptyDays(context, replaced, rowsRemoved);
    for (const file of files) {
      context.signal?.throwIfAborted();
      await copyFile(context, file);
      await addFile(session, target, file);
    }
  });
}

async function emptyDays(
  { session, target, definition }: StepContext,
  days: readonly string[],
  expected: number,
): Promise<void> {
  const name = qualifiedName(target.schema, target.table);
  const { rowCount } = await session.client.query(
    `DELETE FROM ${name} WHERE ${postgresDay} = ANY($1::date[])`,
    [[...days]],
  );
  if (rowCount !== expected)
    throw new HeadwaterError('WAREHOUSE_DIVERGED', {
      target: name,
      problem: `its rows of ${days.length === 1 ? days[0] : `${days.length} days, the first ${days[0]},`} are ${rowCount}, and loads of ${definition.name} put ${expected} there`,
      fix: 'Something else wrote to the table. Load with rebuild to have the rows of the lake alone',
    });
  await removeFiles(session, target, days);
}
