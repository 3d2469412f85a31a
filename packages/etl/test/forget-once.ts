// An erasure in a process of its own, so that a test can kill it. Arguments: the lake, the id, the work folder.
import { isHeadwaterError } from '@headwater/core';
import { forgetActors } from '../src/index.ts';
import { events } from './events-table.ts';

const [lake = '', actor = '', workFolder] = process.argv.slice(2);
try {
  const settings = { leftoverGraceSeconds: 0, lockTimeoutSeconds: 0, answerFolders: [] };
  await forgetActors({ table: events, lake, actors: [actor], workFolder, ...settings });
} catch (error) {
  if (!isHeadwaterError(error)) throw error;
  process.stdout.write(`${error.code}\n`);
}
