import type { Result } from '../answer/result.ts';
import type { Console } from '../output/console.ts';
import { toJson } from '../output/to-json.ts';

/** One JSON array of row objects. */
export async function writeJson(result: Result, console: Console): Promise<void> {
  let before = '[\n';
  for await (const rows of result.batches()) {
    for (const row of rows) {
      await console.write(before + toJson(row));
      before = ',\n';
    }
  }
  await console.write(before === '[\n' ? '[]\n' : '\n]\n');
}

/** One JSON object a line. */
export async function writeJsonLines(result: Result, console: Console): Promise<void> {
  for await (const rows of result.batches())
    await console.write(rows.map((row) => `${toJson(row)}\n`).join(''));
}
