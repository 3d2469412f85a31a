import type { GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, HeadwaterError } from '@headwater/core';
import { glueTableInput, type StoredRollup, storedRollupTable, storedType } from '@headwater/core/internal';
import { awsProblem } from '../aws/aws-problem.ts';
import { withGlue } from '../aws/with-client.ts';

/** The rollups whose tables are made, and where. */
export interface RegisterRollupsOptions {
  readonly rollups: readonly Pick<StoredRollup, 'name' | 'columns'>[];
  readonly target: AwsTarget;
  /** Defaults to a client of the target's region. */
  readonly client?: GlueClient | undefined;
}

/**
 * Creates the tables of rollups in Glue, by which Athena and Trino read them, or gives those that are there the columns and the projection of
 * now. A rollup with a column that those engines do not read gets none.
 *
 * @throws HeadwaterError `ROLLUP_INVALID` when Glue refuses a table
 */
export async function registerRollups({ rollups, target, client }: RegisterRollupsOptions): Promise<void> {
  const tables = rollups.flatMap(({ name, columns }) => {
    const typed = columns.flatMap((column) => {
      const type = storedType(column);
      return type === undefined ? [] : [{ name: column.name, type }];
    });
    return typed.length === columns.length ? [storedRollupTable(name, typed, target)] : [];
  });
  if (tables.length === 0) return;
  await withGlue(client, target.region, async (glue) => {
    const { CreateTableCommand, UpdateTableCommand } = await import('@aws-sdk/client-glue');
    for (const table of tables) {
      const input = { DatabaseName: target.database, TableInput: glueTableInput(table) };
      try {
        await glue.send(new CreateTableCommand(input)).catch((error: unknown) => {
          if (!(error instanceof Error && error.name === 'AlreadyExistsException')) throw error;
          return glue.send(new UpdateTableCommand({ ...input, SkipArchive: true }));
        });
      } catch (error) {
        const problem = `Glue refuses its table in ${target.database}: ${error instanceof Error ? awsProblem(error) : String(error)}`;
        throw new HeadwaterError('ROLLUP_INVALID', { metric: table.name, problem }, { cause: error });
      }
    }
  });
}
