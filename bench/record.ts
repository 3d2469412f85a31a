import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { printPaired, timePaired } from './paired.ts';
import { recordForms } from './record-forms.ts';

const program = fileURLToPath(new URL('programs/read-records.ts', import.meta.url));

/**
 * Times reading records of a stream, base64 to event, against base64 and JSON.parse alone, which neither check nor clean.
 *
 * @param records different records; each process reads them five times, and times the last four
 */
export function benchRecord(records: number, rounds: number): void {
  for (const form of Object.keys(recordForms)) {
    const contender = (reader: string): Contender => ({
      name: reader,
      command: [process.execPath, '--conditions=@headwater/source', program, reader, form, String(records)],
    });
    const readers =
      form === 'compact' ? ['headwater', 'JSON.parse', 'zod', 'ajv'] : ['headwater', 'JSON.parse'];
    const results = timePaired(readers.map(contender), rounds, false);
    const nanoseconds = results.map(
      ({ name, seconds }) => `${name} ${Math.round((seconds * 1e9) / (records * 4))} ns`,
    );
    printPaired(`${records} records, ${form}: ${nanoseconds.join(', ')} a record`, results);
  }
}
