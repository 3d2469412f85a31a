import { open } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';

/** A file of incidents. */
export interface IncidentFile {
  /** Appends a line, after those before. */
  add(line: string): void;
  /** Waits until everything is written. @throws HeadwaterError `OPTION_INVALID` where it could not be */
  close(): Promise<void>;
}

/**
 * Opens a file that incidents are appended to. It may have those of earlier runs.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a path that cannot be written
 */
export async function openIncidentFile(path: string): Promise<IncidentFile> {
  const refused = (cause: NodeJS.ErrnoException): never => {
    throw new HeadwaterError(
      'OPTION_INVALID',
      {
        option: '--incidents',
        value: path,
        expected: `the path of a file that can be written (${cause.code ?? cause.message})`,
      },
      { cause },
    );
  };
  const handle = await open(path, 'a', 0o600).catch(refused);
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(line) {
      last = last.then(() => handle.appendFile(line));
      // The first failure is thrown when the file is closed.
      last.catch(() => undefined);
    },
    async close() {
      await last.catch(refused).finally(() => handle.close());
    },
  };
}
