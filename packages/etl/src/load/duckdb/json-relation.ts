import type { Column } from '@headwater/core';
import { type FileSchema, fieldNames, quoteText } from '@headwater/core/internal';
import { jsonDelimiter } from '../../input/block-scanner.ts';
import type { LineScan } from '../../input/line-scan.ts';
import { plainDigits } from './plain-digits.ts';
import { type RawRelation, reasonSql } from './raw-relation.ts';
import { readLines } from './read-lines.ts';

/** One name that a column may have in an object. */
interface Member {
  readonly name: string;
  /** SQL for its path (https://www.rfc-editor.org/rfc/rfc6901), with the name escaped. */
  readonly path: string;
  /** Its place in the list of texts, from 1 on. */
  readonly place: number;
}

/** A column with the names that it may have, in the order in which they are tried. */
interface ColumnMembers {
  readonly column: Column;
  readonly members: readonly Member[];
  /** SQL for the text, as the engine writes it. */
  readonly text: string;
  /** SQL for the JSON type of the value that the text is of. */
  readonly type: string;
}

/**
 * JSON Lines: each line is read as one text and its members as texts. Strings are taken as they are; numbers too, digit by
 * digit, so that ids and amounts keep all of theirs.
 *
 * @param firstNames the names in the first line's object, in their order
 */
export function jsonRelation(
  schema: FileSchema,
  path: string,
  input: number,
  firstNames: readonly string[],
  scan: LineScan,
): RawRelation {
  const skip = scan.copy ? 1 : 0;
  const from = readLines({ path, input, scan, fields: ['line'], delimiter: jsonDelimiter, skip });
  const columns = membersOf(schema);
  const paths = `[${columns.flatMap(({ members }) => members.map((member) => member.path)).join(', ')}]`;
  const texts = columns.map(({ text }, index) => `${text} AS t${index}`);
  const rewritten = columns.flatMap(({ column, type, members }, index) => {
    const rule = rewrites[column.type.kind];
    return rule && members.length ? [`WHEN ${rule.isRewritten(`t${index}`, type, members)} THEN true`] : [];
  });
  const exact = rewritten.length
    ? `CASE WHEN CASE ${rewritten.join(' ')} ELSE false END THEN json_extract_string(${markedNumbers}, ${paths}) END`
    : 'NULL::VARCHAR[]';
  const values = columns.map(({ column, members }, index) => {
    const rule = members.length ? rewrites[column.type.kind] : undefined;
    return `${rule ? exactText(`t${index}`, members, rule.write) : `t${index}`} AS r${index}`;
  });
  // Layers, so that each expression is computed once: validity, texts, the numbers as they are written.
  return {
    select: `SELECT line, is_object, texts, ${columns.map((_, index) => `t${index}`).join(', ')}, ${values.join(', ')}
      FROM (SELECT *, ${exact} AS exact
        FROM (SELECT *, ${texts.join(', ')}
          FROM (SELECT *, CASE WHEN is_object THEN json_extract_string(line, ${paths}) END AS texts
            FROM (SELECT line, json_valid(line) AND starts_with(ltrim(line, ' \t'), '{') AS is_object FROM ${from}))))`,
    rawText: 'line',
    broken: brokenSql(columns, firstNames),
  };
}

function membersOf({ columns }: FileSchema): ColumnMembers[] {
  let place = 0;
  return columns.map((column) => {
    const members = fieldNames(column).map((name): Member => {
      place += 1;
      return {
        name,
        path: quoteText(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
        place,
      };
    });
    const typed = members.map(
      (member) => `WHEN texts[${member.place}] IS NOT NULL THEN json_type(line, ${member.path})`,
    );
    return {
      column,
      members,
      // A column that is read from no field has no member.
      text: members.length
        ? `coalesce(${members.map((member) => `texts[${member.place}]`).join(', ')})`
        : 'NULL::VARCHAR',
      type: members.length ? `CASE ${typed.join(' ')} END` : 'NULL::VARCHAR',
    };
  });
}

/** When and how a number is written in another way than the engine's, which passes through a double. */
export interface Rewrite {
  /** SQL: whether the text, a column's name, differs from the number in the line. False for most rows, and cheap for them. */
  isRewritten(text: string, type: string, members: readonly Member[]): string;
  /** SQL for the text of a number, from its digits in the line. */
  write(number: string): string;
}

export const rewrites: { readonly [Kind in Column['type']['kind']]?: Rewrite } = {
  decimal: {
    isRewritten: (text, type, members) =>
      `CASE WHEN contains(${text}, 'e') THEN ${type} = 'DOUBLE' ${whenInLine(text, members)} ELSE ${type} = 'DOUBLE' END`,
    write: plainDigits,
  },
  // A text keeps every character of a number, such as the last zero of 12.50, or the sign of -0.
  string: {
    isRewritten: (text, type, members) =>
      `CASE WHEN ${text} >= '-' AND ${text} < ':' THEN
        CASE WHEN TRY_CAST(${text} AS DOUBLE) IS NULL THEN false ${whenInLine(text, members)}
          ELSE ${type} = 'DOUBLE' OR ${text} = '0' END ELSE false END`,
    write: (number) => number,
  },
};

/**
 * Cases in which the number in the line is the text that the engine writes: the member stands there so, in one of the usual
 * spellings, or as a string, and the object holds no other that could have such a member.
 */
function whenInLine(text: string, members: readonly Member[]): string {
  return members
    .flatMap(({ name }) => {
      const key = JSON.stringify(name);
      const isOnly = `(NOT contains(substring(line, 2), '{') OR strlen(line) - strlen(replace(line, ${quoteText(key)}, '')) = ${Buffer.byteLength(key)})`;
      const numbers = [':', ': '].flatMap((colon) =>
        [',', '}'].map((end) => `contains(line, ${quoteText(key + colon)} || ${text} || '${end}')`),
      );
      const strings = [':"', ': "'].map((colon) => `contains(line, ${quoteText(key + colon)})`);
      return [...numbers, ...strings].map((found) => `WHEN ${found} AND ${isOnly} THEN false`);
    })
    .join(' ');
}

/** The line with every number as a string, and a mark before its digits. Strings are passed over as a whole. */
const markedNumbers = `array_to_string(list_transform(
  regexp_extract_all(line, '"(?:[^"\\\\]|\\\\.)*"|-?[0-9][-+.0-9eE]*|[^"0-9-]+|-'),
  lambda piece: CASE WHEN regexp_matches(piece, '^-?[0-9]') THEN '"#' || piece || '"' ELSE piece END), '')`;

/** A text from the marked line where it is a number there: a string that begins with the mark does so in both. */
function exactText(text: string, members: readonly Member[], write: Rewrite['write']): string {
  const marked = `coalesce(${members.map(({ place }) => `exact[${place}]`).join(', ')})`;
  const isNumber = `starts_with(${marked}, '#') AND NOT starts_with(${text}, '#')`;
  return `CASE WHEN exact IS NOT NULL AND ${isNumber} THEN ${write(`substring(${marked}, 2)`)} ELSE ${text} END`;
}

// Half of a UTF-16 pair is the one thing that JSON's grammar allows and no text can hold
// (https://www.rfc-editor.org/rfc/rfc8259#section-8.2).
const repaired = `regexp_replace(line, '\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}', '\\\\ufffd', 'g')`;

/** SQL for the reasons of a line that is no JSON object. */
export const notJson = `CASE WHEN contains(line, '\\u') AND json_valid(${repaired}) THEN [${reasonSql('NULL::VARCHAR', 'lone_surrogate')}]
    ELSE [${reasonSql('NULL::VARCHAR', 'not_json')}] END`;

/** Why a line is rejected as a whole, or one of its values before it is looked at. */
function brokenSql(columns: readonly ColumnMembers[], firstNames: readonly string[]): string {
  const repeated = columns.flatMap(({ column, members }) => {
    if (members.length === 0) return [];
    const twice = members.map(
      ({ name }) => `len(list_filter(json_keys(line), lambda key: key = ${quoteText(name)})) > 1`,
    );
    return [`CASE WHEN ${twice.join(' OR ')} THEN ${reasonSql(quoteText(column.name), 'repeated_name')} END`];
  });
  // Most lines have the names of the first one, whose object is known to have each once.
  const usual = `[${firstNames.map(quoteText).join(', ')}]::VARCHAR[]`;
  const isRepeated = `CASE WHEN json_keys(line) = ${usual} THEN false ELSE list_unique(json_keys(line)) < len(json_keys(line)) END`;
  const nested = columns.flatMap(({ column, type, members }, index) =>
    column.type.kind === 'string' && members.length > 0
      ? [
          {
            maybe: `starts_with(t${index}, '{') OR starts_with(t${index}, '[')`,
            reason: `CASE WHEN ${type} IN ('OBJECT', 'ARRAY') THEN ${reasonSql(quoteText(column.name), 'nested_value')} END`,
          },
        ]
      : [],
  );
  const maybeNested = nested.map(({ maybe }) => `WHEN ${maybe} THEN true`).join(' ');
  const ofNames = `CASE WHEN ${isRepeated} THEN ${reasonsOf(repeated)} END`;
  const ofValues = nested.length
    ? `CASE WHEN CASE ${maybeNested} ELSE false END THEN ${reasonsOf(nested.map(({ reason }) => reason))} END`
    : 'NULL';
  // A name that occurs twice and is of no column says nothing about the values.
  return `CASE WHEN NOT is_object THEN ${notJson} ELSE coalesce(${ofNames}, ${ofValues}) END`;
}

/** The reasons that apply, or NULL where none does. */
export const reasonsOf = (reasons: readonly string[]): string =>
  `list_filter([list_filter([${reasons.join(', ')}], lambda reason: reason IS NOT NULL)], lambda found: len(found) > 0)[1]`;
