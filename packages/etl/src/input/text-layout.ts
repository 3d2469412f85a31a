import type { FileSchema } from '@headwater/core/internal';
import { type ColumnGap, columnGap, jsonColumnGap, membersOf } from './column-gap.ts';
import { type CsvHints, type CsvLayout, csvLayout } from './csv-layout.ts';
import type { IdentifiedInput } from './identify-input.ts';
import { lineBlocks, type TextSource } from './line-blocks.ts';
import { assertByName } from './position-layout.ts';

const LF = 10;
const CR = 13;

/** How a file of lines is laid out, from its beginning. */
export interface TextLayout {
  readonly text: TextSource;
  /** Undefined for JSON Lines. */
  readonly csv: CsvLayout | undefined;
  /** The names in the first line's object; none for CSV. */
  readonly names: readonly string[];
  readonly gap: ColumnGap;
}

/**
 * Finds out from its first line how a file of lines is laid out.
 *
 * @throws HeadwaterError `INPUT_*`, naming the file
 */
export async function textLayout(
  source: string,
  path: string,
  { format, compression, start }: IdentifiedInput,
  schema: FileSchema,
  hints: CsvHints,
): Promise<TextLayout> {
  if (format === 'jsonl') assertByName(schema, source, 'JSON Lines');
  // Files of old Macs: the whole beginning has no other line end.
  const endsWithCr = start.includes(CR) && !start.includes(LF);
  const text: TextSource = { path, compression, endsWithCr };
  const firstLine = await firstLineOf(text, start);
  const csv = format === 'csv' ? csvLayout(schema, source, firstLine, hints) : undefined;
  return {
    text,
    csv,
    names: csv ? [] : membersOf(firstLine),
    gap: csv ? columnGap(schema, csv.fields, csv.positions) : jsonColumnGap(schema, firstLine),
  };
}

/** A file's first line that is not blank, decoded, without its byte-order mark. */
async function firstLineOf(text: TextSource, start: Buffer): Promise<string> {
  // Nearly always the first bytes hold it.
  if (!text.endsWithCr && headerEnd(start) < start.length) return lineIn(start);
  for await (const block of lineBlocks(text)) {
    const line = lineIn(block);
    if (line !== '') return line;
  }
  return '';
}

const lineIn = (block: Buffer): string =>
  block
    .toString('utf8', 0, headerEnd(block))
    .replace(/^\ufeff/, '')
    .replace(/^[\r\n]+|\r+$/g, '');

/** The end of the first line in a block that is not blank. */
export function headerEnd(block: Buffer): number {
  let start = block[0] === 0xef ? 3 : 0;
  while (block[start] === LF || block[start] === CR) start += 1;
  const end = block.indexOf(LF, start);
  return end === -1 ? block.length : end;
}
