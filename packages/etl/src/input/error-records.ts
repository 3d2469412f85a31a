import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lineBlocks, type TextSource } from './line-blocks.ts';

const LF = 10;

/**
 * Writes the records in an object of errors of Firehose as JSON Lines. Each line of such an object is a JSON document about a record
 * that was not delivered, with the record itself as base64 in `rawData`; what else it has depends on what failed
 * (https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html,
 * https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-error-handling.html). Its own words are not read: the definition
 * says what is wrong with a record, and a record that nothing is wrong with is an event.
 *
 * A record is a line, whatever it holds, so that none is missing in the accounting: bytes that are no UTF-8 stay, and a line without a
 * record in it is a record that no table takes. Where a record has several lines, each is one, but for one JSON document over
 * several lines.
 *
 * @param to the file to write
 */
export async function writeErrorRecords(errors: TextSource, to: string, signal?: AbortSignal): Promise<void> {
  await pipeline(Readable.from(recordLines(errors), { objectMode: false }), createWriteStream(to), {
    signal,
  });
}

async function* recordLines(errors: TextSource): AsyncGenerator<Buffer, void, void> {
  for await (const block of lineBlocks(errors)) {
    const lines: Buffer[] = [];
    for (const document of documentsOf(block)) lines.push(recordOf(document), Buffer.of(LF));
    yield Buffer.concat(lines);
  }
}

/** The documents in whole lines. Firehose writes one a line; documents that follow each other without a line end are taken apart. */
function* documentsOf(block: Buffer): Generator<Buffer, void, void> {
  for (let at = 0; at < block.length; ) {
    const end = block.indexOf(LF, at);
    const line = block.subarray(at, end === -1 ? block.length : end);
    at += line.length + 1;
    if (isBlank(line)) continue;
    const text = line.toString('latin1');
    // Base64 has no brace, and an own word with these two is in quotes of JSON: it would be followed by a backslash or a quote.
    const parts = isJson(text) ? [text] : text.split(/(?<=\})(?=\{"attemptsMade")/);
    for (const part of parts) yield Buffer.from(part, 'latin1');
  }
}

/** The record in a document, as one line or several; the document itself where there is none. */
function recordOf(document: Buffer): Buffer {
  const record = rawData(document);
  if (record === undefined || isBlank(record)) return trimmed(document);
  if (!record.subarray(0, -1).includes(LF)) return trimmed(record);
  const text = record.toString('latin1');
  // White space between its parts: a text in JSON cannot have a line end.
  return trimmed(isJson(text) ? Buffer.from(text.replaceAll(/[\r\n]/g, ' '), 'latin1') : record);
}

function rawData(document: Buffer): Buffer | undefined {
  try {
    const { rawData: encoded }: { readonly rawData?: unknown } = Object(
      JSON.parse(document.toString('utf8')),
    );
    return typeof encoded === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(encoded)
      ? Buffer.from(encoded, 'base64')
      : undefined;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));

/** Without white space at its end: the delimiter that a producer wrote. */
function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && [9, 10, 13, 32].includes(line[end - 1] ?? 0)) end -= 1;
  return line.subarray(0, end);
}
