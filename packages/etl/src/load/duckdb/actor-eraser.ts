import type { DataFile } from '@headwater/core/internal';
import { openDuckdbSession } from '../../engine/duckdb-session.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { ActorEraser, QuarantineMatches } from '../load-engine.ts';
import { type EraserRun, readActors } from './actors-table.ts';
import { quarantineRewriting, searchQuarantineFile } from './erase-quarantine.ts';
import { dataRewriting, searchFiles } from './erase-rows.ts';
import { formerReadings } from './former-readings.ts';
import { rewriteFolder } from './rewrite-folder.ts';
import { ruledOutFiles } from './ruled-out-files.ts';

/**
 * Opens DuckDB for one erasure. An id is read by the cleaning of the actor's column, as a raw file is, and also as a value of the
 * column itself: both are looked for. In files and rejected rows of an earlier definition, the actor is also read as that definition did.
 *
 * @param actors ids as texts. They are in no message
 * @throws HeadwaterError `OPTION_INVALID` for an id that is no value of the column
 */
export async function openActorEraser(
  run: Pick<WriteRun, 'schema' | 'state' | 'options' | 'staged' | 'localPath'>,
  actors: readonly string[],
): Promise<ActorEraser> {
  const { schema, state, options, staged, localPath } = run;
  const actor = schema.columns.findIndex(({ name }) => name === schema.roles.actor);
  const fileBytes = targetFileBytes(options.targetFileSize);
  const session = await openDuckdbSession(staged('spill'), options);
  try {
    const connection = await session.connect();
    const readings = formerReadings(schema, state);
    const texts = await readActors(connection, schema, actors, readings);
    const context: EraserRun = {
      ...{ schema, state, options, staged, localPath },
      ...{ connection, actor, readings, fileBytes },
    };
    return {
      texts,
      ruledOut: (footers) => ruledOutFiles(context, footers),
      search: (files) => searchFiles(context, files),
      async searchQuarantine(files) {
        const found = new Map<DataFile, QuarantineMatches>();
        for (const file of files) found.set(file, await searchQuarantineFile(context, file));
        return found;
      },
      erase: (folder, files, others) => rewriteFolder(context, dataRewriting(context), folder, files, others),
      eraseQuarantine: (folder, files, others) =>
        rewriteFolder(context, quarantineRewriting(context), folder, files, others),
      async [Symbol.asyncDispose]() {
        session.close();
      },
    };
  } catch (error) {
    session.close();
    throw error;
  }
}
