import { isUtf8 } from 'node:buffer';
import { createRecordCleaner, type TableSchema } from '@headwater/core';
import { plainNumber, readObject } from './reference-json.ts';

/** A row that the rules reject. */
export interface ReferenceRejection {
  readonly line: number;
  /** `column:code`, or the code alone for a line that is broken as a whole. */
  readonly reasons: readonly string[];
  /** The line, where it is broken as a whole. */
  readonly raw?: string;
}

/** What the documented rules make of a file. */
export interface ReferenceReading {
  /** Clean values by column, as texts; equal rows as often as they occur. */
  readonly accepted: readonly Readonly<Record<string, string | null>>[];
  readonly rejected: readonly ReferenceRejection[];
}

interface Line {
  readonly line: number;
  readonly bytes: Buffer;
}

/**
 * Reads a file of a table by the rules in the README of this package, in the plainest way: whole, line by line, character by
 * character. It shares the cleaning of values with the product, and nothing else.
 *
 * @param bytes unpacked
 * @param hasHeader whether the first line of CSV names the columns
 * @returns undefined for a file that is refused
 */
export function readReference(
  schema: TableSchema,
  bytes: Buffer,
  format: 'csv' | 'jsonl',
  hasHeader: boolean,
): ReferenceReading | undefined {
  const lines = linesOf(bytes).filter(({ bytes: text }) => text.length > 0);
  const clean = createRecordCleaner(schema);
  const accepted: Record<string, string | null>[] = [];
  const rejected: ReferenceRejection[] = [];
  const take = (line: number, record: Record<string, string | null>): void => {
    const result = clean(record);
    if (result.accepted) accepted.push(textsOf(result.row));
    else rejected.push({ line, reasons: result.reasons.map(({ column, code }) => `${column}:${code}`) });
  };
  const reject = ({ line, bytes: raw }: Line, code: string): void => {
    rejected.push({ line, reasons: [code], raw: isUtf8(raw) ? raw.toString() : escaped(raw) });
  };
  const [first] = lines;
  const layout =
    format === 'jsonl' ? undefined : hasHeader ? layoutOf(schema, first) : layoutByPosition(schema, first);
  if (format === 'csv' && !layout) return undefined;
  for (const one of layout && hasHeader ? lines.slice(1) : lines) {
    if (!isUtf8(one.bytes)) reject(one, 'not_utf8');
    else if (one.bytes.includes(13)) reject(one, 'stray_carriage_return');
    else if (layout) {
      const fields = fieldsOf(one.bytes.toString());
      if (!fields) reject(one, 'unclosed_quote');
      else if (fields.length < layout.width) reject(one, 'too_few_fields');
      else if (fields.slice(layout.width).some((field) => field !== '')) reject(one, 'too_many_fields');
      else {
        const record = schema.columns.map(({ name }) => [
          name,
          fields[layout.places.get(name) ?? -1] || null,
        ]);
        take(one.line, Object.fromEntries(record));
      }
    } else {
      const object = readObject(one.bytes.toString());
      if (!object) reject(one, 'not_json');
      else if (object.hasLoneSurrogate) reject(one, 'lone_surrogate');
      else takeObject(one.line, object.members);
    }
  }
  return { accepted, rejected };

  function takeObject(line: number, members: NonNullable<ReturnType<typeof readObject>>['members']): void {
    const names = members.map(([name]) => name);
    const twice = schema.columns.filter(({ name }) => names.filter((one) => one === name).length > 1);
    const values = new Map(members);
    const nested = schema.columns.filter(
      ({ name, type }) => type.kind === 'string' && values.get(name)?.kind === 'nested',
    );
    if (twice.length) rejected.push({ line, reasons: twice.map(({ name }) => `${name}:repeated_name`) });
    else if (nested.length)
      rejected.push({ line, reasons: nested.map(({ name }) => `${name}:nested_value`) });
    else {
      const record = schema.columns.map(({ name, type }) => {
        const value = values.get(name);
        if (!value || value.kind === 'null') return [name, null];
        // Any text that is no value of the column's type.
        if (value.kind === 'nested') return [name, '{}'];
        return [
          name,
          value.kind === 'number' && type.kind === 'decimal' ? plainNumber(value.text) : value.text,
        ];
      });
      take(line, Object.fromEntries(record));
    }
  }
}

/** Lines without their ends, numbered from 1. */
function linesOf(file: Buffer): Line[] {
  const bytes = file.subarray(0, 3).equals(Buffer.from('\ufeff')) ? file.subarray(3) : file;
  const lines: Line[] = [];
  const endsWithCr = bytes.includes(13) && !bytes.includes(10);
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const isEnd = at === bytes.length ? at > start : bytes[at] === (endsWithCr ? 13 : 10);
    if (!isEnd) continue;
    let end = at;
    while (end > start && bytes[end - 1] === 13) end -= 1;
    lines.push({ line: lines.length + 1, bytes: bytes.subarray(start, end) });
    start = at + 1;
  }
  return lines;
}

/** Where the columns are, by a header; undefined for one that is refused. */
function layoutOf(
  { columns }: TableSchema,
  header: Line | undefined,
): { width: number; places: ReadonlyMap<string, number> } | undefined {
  const text = header?.bytes.toString() ?? '';
  const fields = fieldsOf(text);
  const names = (fields ?? text.split(',')).map((field) => field.trim());
  const places = new Map<string, number>();
  for (const { name } of columns) {
    const exact = names.indexOf(name);
    const place = exact === -1 ? names.findIndex((field) => field.toLowerCase() === name) : exact;
    if (place !== -1) places.set(name, place);
  }
  if (columns.some(({ name, nullable }) => !nullable && !places.has(name))) return undefined;
  if (!fields && loosely(text) !== names.length) return undefined;
  return { width: names.length, places };
}

/**
 * The columns in their order, as many as the first line has fields, where the others may be null; a line that cannot be split says
 * nothing of that.
 */
function layoutByPosition({ columns }: TableSchema, first: Line | undefined): ReturnType<typeof layoutOf> {
  const text = first?.bytes.toString() ?? '';
  const fields = fieldsOf(text);
  const count = text.split(',').length;
  const isUnsplit = !fields && loosely(text) !== count;
  const width = isUnsplit ? columns.length : (fields?.length ?? count);
  if (width > columns.length || columns.slice(width).some(({ nullable }) => !nullable)) return undefined;
  return { width, places: new Map(columns.slice(0, width).map(({ name }, index) => [name, index])) };
}

/** RFC 4180, and spaces around quotes; undefined where a quote does not close. */
function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  let rest: string | undefined = line;
  while (rest !== undefined) {
    const quoted: RegExpExecArray | null = /^ *"/.exec(rest);
    if (quoted) {
      let value = '';
      let at = quoted[0].length;
      for (; ; at += 1) {
        if (at >= rest.length) return undefined;
        if (rest[at] !== '"') value += rest[at];
        else if (rest[at + 1] === '"') {
          value += '"';
          at += 1;
        } else break;
      }
      const after: string = rest.slice(at + 1).replace(/^ +/, '');
      if (after !== '' && !after.startsWith(',')) return undefined;
      fields.push(value);
      rest = after === '' ? undefined : after.slice(1);
    } else {
      const comma: number = rest.indexOf(',');
      fields.push(comma === -1 ? rest : rest.slice(0, comma));
      rest = comma === -1 ? undefined : rest.slice(comma + 1);
    }
  }
  return fields;
}

/** How many fields a header with a broken quote has when a quoted part ends at any quote. */
function loosely(line: string): number {
  const pattern = /^(?:"[^"]*(?:"|$))?[^,]*(?:,|$)/;
  let fields = 0;
  for (let rest = line; ; ) {
    const found = pattern.exec(rest)?.[0] ?? '';
    fields += 1;
    if (!found.endsWith(',') || (found.startsWith('"') && !/^"[^"]*"/.test(found))) return fields;
    rest = rest.slice(found.length);
  }
}

const escaped = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) =>
      byte > 127 || byte === 92 ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte),
    )
    .join('');

const textsOf = (row: Readonly<Record<string, unknown>>): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null ? null : value instanceof Date ? value.toISOString() : String(value),
    ]),
  );
