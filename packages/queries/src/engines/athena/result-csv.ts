/** A value of a result file. A null is written as nothing, and an empty text as two quotes. */
type CsvValue = string | null;

/** Rows of a page. With pages, not every row takes a turn of the event loop. */
const pageRows = 1000;

/**
 * Parses Athena's result file, piece by piece: every value is in quotes, a quote inside is doubled, and a null has no
 * quotes. A value may contain line breaks, and a piece may end anywhere.
 *
 * @example '"a ""b""",,""\n' gives [['a "b"', null, '']]
 */
export async function* csvPages(pieces: AsyncIterable<Uint8Array>): AsyncIterableIterator<CsvValue[][]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let page: CsvValue[][] = [];
  for await (const piece of pieces) {
    text += decoder.decode(piece, { stream: true });
    let start = 0;
    for (;;) {
      const line = readLine(text, start);
      if (!line) break;
      page.push(line.values);
      start = line.end;
      if (page.length < pageRows) continue;
      yield page;
      page = [];
    }
    text = text.slice(start);
  }
  // The last line is complete without a line break.
  const last = text === '' ? undefined : readLine(`${text}\n`, 0);
  if (last) page.push(last.values);
  if (page.length > 0) yield page;
}

/** The values of the line at `start`, and the offset of the next line; undefined when the line is not complete. */
function readLine(text: string, start: number): { values: CsvValue[]; end: number } | undefined {
  const values: CsvValue[] = [];
  let at = start;
  for (;;) {
    let value: CsvValue = null;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return undefined;
      value = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    } else {
      const end = nextOf(text, at);
      if (end === undefined) return undefined;
      // Some statements, such as SHOW, write values without quotes.
      if (end > at) value = text.slice(at, end);
      at = end;
    }
    if (at >= text.length) return undefined;
    values.push(value);
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') return { values, end: at + 1 };
    at += 1;
  }
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    // A quote at the end of the text may be the first of two.
    if (at + 1 >= text.length) return undefined;
    if (text[at + 1] !== '"') return at;
  }
  return undefined;
}

function nextOf(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === ',' || character === '\n' || character === '\r') return at;
  }
  return undefined;
}
