import { createUnquoter, masks } from './csv-line.ts';

/** Splits one line by the rules of {@link createUnquoter}; where a quote does not close, quotes are characters. */
export function splitFields(line: string, delimiter: string): string[] {
  return unquoted(line, delimiter) ?? line.split(delimiter);
}

/** Whether a line's quotes leave open where its fields end: read with them and without, it has not as many. */
export function hasUnclosedQuote(line: string, delimiter: string): boolean {
  if (unquoted(line, delimiter)) return false;
  return lenientCount(line, delimiter) !== line.split(delimiter).length;
}

function unquoted(line: string, delimiter: string): string[] | undefined {
  const bytes = Buffer.from(line);
  const target = Buffer.alloc(bytes.length);
  const mask = masks.find((byte) => !bytes.includes(byte) && delimiter.charCodeAt(0) !== byte);
  if (mask === undefined) return undefined;
  const unquoter = createUnquoter({ delimiter: Buffer.from(delimiter), mask });
  const end = unquoter.write(bytes, 0, bytes.length, target, 0);
  if (typeof end === 'string') return undefined;
  const fields = target.toString('utf8', 0, end).split(delimiter);
  return fields.map((field) => field.replaceAll(String.fromCharCode(mask), delimiter));
}

/** The fields of a line in which a quoted part ends at any quote, and at the line's end where there is none. */
function lenientCount(line: string, delimiter: string): number {
  let fields = 1;
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const close = line.indexOf('"', at + 1);
      if (close === -1) return fields;
      at = close + 1;
    }
    const next = line.indexOf(delimiter, at);
    if (next === -1) return fields;
    fields += 1;
    at = next + delimiter.length;
  }
}
