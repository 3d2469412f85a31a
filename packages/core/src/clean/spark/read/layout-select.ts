import { type FileSchema, fieldNames, isReadFromFile } from '../../../table/file-schema.ts';
import { sparkText } from '../../../types/spark-type.ts';
import { sparkRawColumns } from '../raw-columns.ts';
import { sparkCleaningSelect } from '../spark-cleaner.ts';
import { type Layer, layeredSelect } from '../spark-layers.ts';
import { csvFieldPattern, delimiterPattern, fieldText, lineFields, unquotedLine } from './csv-line-sql.ts';
import { fieldName, layoutProblem, missingNames } from './layout-problem.ts';

/** What is said of CSV files: options of a load. */
export interface CsvHints {
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
}

const delimiters = [',', ';', '\t', '|'] as const;

/**
 * SQL that finds out how CSV files are laid out from their first lines, by the same rules as a load by DuckDB: which delimiter, whether
 * the first line names the columns, and which field each column is read from.
 *
 * @param firstLines the name of a view `input INT, place BIGINT, value STRING`: of each file the first line that is not blank, without
 *   its end and the file's byte-order mark; an empty one for a file without any
 * @returns a SELECT of `input, delimiter, width, positions, header` as `CsvRelations.layouts` has them, and of `fields ARRAY<STRING>`, the
 *   names of the fields, and `problem STRUCT<code, missing, found, expected, width, text>`: the error for the file, or NULL. `code` is
 *   `INPUT_COLUMNS_MISSING` (columns missing, fields found), `INPUT_COLUMN_COUNT` (width found, expected) or `INPUT_UNREADABLE` (text)
 */
export function sparkLayoutSelect(file: FileSchema, firstLines: string, hints: CsvHints = {}): string {
  const candidates = (hints.delimiter ? [hints.delimiter] : delimiters).map(sparkText).join(', ');
  const tried = layeredSelect(
    `(SELECT input, place, value, rank, delimiter FROM ${firstLines} LATERAL VIEW posexplode(array(${candidates})) candidates AS rank, delimiter)`,
    [...fieldLayers, positionLayer(file), scoreLayer(file)],
  );
  const best = layeredSelect(
    `(SELECT best.* FROM (SELECT max(score).best AS best FROM ${tried} GROUP BY input))`,
    [
      [
        {
          name: 'is_unsplit',
          sql: `is_unclosed AND size(${lenientFields}) <> size(split(value, pattern, -1))`,
        },
      ],
      [{ name: 'missing', sql: missingNames(file, (index) => `positions[${index}]`) }],
    ],
  );
  const names = tableFields(file).map(({ name }) => name);
  const isHeader = file.positions || hints.header !== undefined ? String(hints.header === true) : undefined;
  const judged =
    isHeader === undefined
      ? `(SELECT b.*, NOT (size(missing) > 0 AND size(fields) = ${names.length} AND coalesce(r.is_row, false)) AS is_header
        FROM ${best} b LEFT JOIN (${acceptedRows(file, best)}) r ON b.input = r.input)`
      : layeredSelect(best, [[{ name: 'is_header', sql: isHeader }]]);
  const width = file.positions
    ? String(file.positions.length)
    : `CASE WHEN NOT is_header AND is_unsplit THEN ${names.length} ELSE size(fields) END`;
  const laidOut = layeredSelect(judged, [
    [{ name: 'width', sql: width }],
    [{ name: 'places', sql: placesSql(file) }],
  ]);
  return `SELECT input, delimiter, width, places AS positions, CASE WHEN is_header THEN place END AS header,
  ${file.positions ? listOf(file.positions.map((name) => name ?? '')) : `CASE WHEN is_header THEN fields ELSE slice(${listOf(names)}, 1, least(width, ${names.length})) END`} AS fields,
  ${layoutProblem(file, names)} AS problem
FROM ${laidOut}`;
}

const listOf = (texts: readonly string[]): string => `array(${texts.map(sparkText).join(', ')})`;

/** The columns that files have, where a line has them in the order of the table. */
const tableFields = ({ columns }: FileSchema) => columns.filter(isReadFromFile);

/** The fields of a first line, by each delimiter. Where a quote does not close, quotes are characters. */
const fieldLayers: readonly Layer[] = [
  [{ name: 'pattern', sql: delimiterPattern('delimiter') }],
  [{ name: 'field_pattern', sql: csvFieldPattern('delimiter', 'pattern') }],
  [
    {
      name: 'unquoted',
      sql: `CASE WHEN contains(value, '"') THEN ${unquotedLine('value', 'delimiter', 'field_pattern')} END`,
    },
  ],
  [{ name: 'quoted_fields', sql: lineFields('value', 'unquoted', 'pattern') }],
  [
    { name: 'is_unclosed', sql: 'quoted_fields IS NULL' },
    {
      name: 'fields',
      sql: `CASE WHEN quoted_fields IS NULL THEN split(value, pattern, -1) ELSE transform(quoted_fields, field -> ${fieldText('field')}) END`,
    },
  ],
  [{ name: 'names', sql: `transform(fields, field -> ${fieldName('field')})` }],
  [{ name: 'lower_names', sql: 'transform(names, name -> lower(name))' }],
];

/** The fields of a line in which a quoted part ends at the next quote, or at the line's end if there is no other quote. */
const lenientFields = `regexp_extract_all(concat(delimiter, value),
  concat(${sparkText('\\G')}, pattern, ${sparkText('(?:"[^"]*+(?:"[^')}, pattern, ${sparkText(']*+|\\z)|(?!")[^')}, pattern, ']*+)'), 0)`;

/** The field of each column by the names of the fields, from 0 on. The names of a column are tried in their order; then case does not matter. */
function positionLayer({ columns }: FileSchema): Layer {
  const positions = columns.map((column) => {
    const tries = fieldNames(column).flatMap((name) => [
      `nullif(array_position(names, ${sparkText(name)}), 0)`,
      `nullif(array_position(lower_names, ${sparkText(name.toLowerCase())}), 0)`,
    ]);
    return tries.length > 0 ? `CAST(coalesce(${tries.join(', ')}) - 1 AS INT)` : 'CAST(NULL AS INT)';
  });
  return [{ name: 'positions', sql: `array(${positions.join(', ')})` }];
}

/** Orders the candidates: by how many columns they find, then by how many fields; the first of equal ones. */
function scoreLayer({ positions }: FileSchema): Layer {
  const fits = positions ? `CAST(size(fields) = ${positions.length} AS INT)` : '0';
  const known = 'size(filter(positions, position -> position IS NOT NULL))';
  const best = ['input', 'place', 'value', 'delimiter', 'pattern', 'is_unclosed', 'fields', 'positions'];
  const parts = [
    ...[`'fits', ${fits}`, `'known', ${known}`, `'count', size(fields)`, `'rank', -rank`],
    `'best', struct(${best.join(', ')})`,
  ];
  return [{ name: 'score', sql: `named_struct(${parts.join(', ')})` }];
}

/** For each file whether its first line is an acceptable row by position: then it is data, also where a value is called as a column is. */
function acceptedRows(file: FileSchema, best: string): string {
  // A line that the conditions of the source leave out is a row too, and not a header.
  const { where: _where, lookups: _lookups, explode: _explode, ...plain } = file;
  const fields = tableFields(file);
  const texts = file.columns.map((column, index) => {
    const at = fields.indexOf(column);
    return `${at === -1 ? 'CAST(NULL AS STRING)' : `get(fields, ${at})`} AS r${index}`;
  });
  const { broken } = sparkRawColumns(plain);
  const rows = `(SELECT input, place, value AS raw, CAST(NULL AS ${broken}) AS broken, ${texts.join(', ')} FROM ${best})`;
  return `SELECT input, size(reasons) = 0 AS is_row FROM (${sparkCleaningSelect(plain, rows)})`;
}

/** The field of each column: as the source lists them, by the header, or by the order of the table's columns. */
function placesSql(file: FileSchema): string {
  const { positions, columns } = file;
  if (positions) return `array(${columns.map(({ name }) => placeIn(positions, name)).join(', ')})`;
  const fields = tableFields(file);
  const byPosition = columns.map((column) => {
    const at = fields.indexOf(column);
    return at === -1 ? 'CAST(NULL AS INT)' : `CASE WHEN ${at} < width THEN ${at} END`;
  });
  return `CASE WHEN is_header THEN positions ELSE array(${byPosition.join(', ')}) END`;
}

const placeIn = (positions: readonly (string | null)[], name: string): string =>
  positions.includes(name) ? String(positions.indexOf(name)) : 'CAST(NULL AS INT)';
