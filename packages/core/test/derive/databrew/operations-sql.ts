import { quoteName, quoteText } from '../../../src/internal.ts';
import { missingSql } from './condition-sql.ts';
import type { Columns, ColumnType, StepSql } from './recipe-sql.ts';

type Parameters = Readonly<Record<string, string>>;

interface OperationSql {
  readonly parameters: readonly string[];
  readonly optional?: readonly string[];
  readonly takesConditions?: true;
  /** @param condition the rows that the step is about. Undefined for all of them */
  run(parameters: Parameters, columns: Columns, condition: string | undefined): StepSql;
}

/** The characters with the Unicode property White_Space: what "white space" means where nothing else is said. */
const whiteSpace =
  '[\\t-\\r \\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}]+';

/** What a type is called in DuckDB. "Signed decimal numbers with up to 38 digits total and 18 digits after the decimal point." */
const duckdbTypes: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  long: 'BIGINT',
  double: 'DOUBLE',
  decimal: 'DECIMAL(38, 18)',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};
const isColumnType = (type: string): type is ColumnType => Object.hasOwn(duckdbTypes, type);

/** The value of a text in a type, or NULL: "If a column value can't be converted to the new type, it will be replaced with NULL." */
function castSql(text: string, type: ColumnType): string {
  switch (type) {
    case 'boolean':
      // "One of two possible values: true and false or yes and no."
      return `CASE WHEN ${text} IN ('true', 'yes') THEN true WHEN ${text} IN ('false', 'no') THEN false END`;
    case 'timestamp':
      // "Values comprising fields year, month, day, hour, minute, and second", as DATE_FORMAT writes them by default.
      return `CASE WHEN regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?)?') THEN date_trunc('second', TRY_CAST(${text} AS TIMESTAMP)) END`;
    case 'date':
      // "Values comprising fields year, month and day": a time of that day has them, too.
      return `CASE WHEN regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?') THEN TRY_CAST(left(${text}, 10) AS DATE) END`;
    case 'double':
      // Digits of a number beyond the 8 bytes of a double cannot be converted.
      return `CASE WHEN isinf(TRY_CAST(${text} AS DOUBLE)) AND regexp_matches(${text}, '[0-9]') THEN NULL ELSE TRY_CAST(${text} AS DOUBLE) END`;
    case 'string':
      return text;
    default:
      // "String ABC cannot become a number": DuckDB takes a sign alone for one.
      return `CASE WHEN regexp_matches(${text}, '[0-9]') THEN TRY_CAST(${text} AS ${duckdbTypes[type]}) END`;
  }
}

/** The fields of a time in a format: yyyy-mm-dd HH:MM:SS. */
const timeFields: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  mm: '%m',
  dd: '%d',
  HH: '%H',
  MM: '%M',
  SS: '%S',
};

function formatSql(value: string, format: string): string {
  const written = format.replaceAll(/[A-Za-z]+/g, (field) => {
    const code = timeFields[field];
    if (code === undefined) throw new Error(`the interpreter has no field ${field} of a time`);
    return code;
  });
  return `strftime(${value}, ${quoteText(written)})`;
}

function typeOf(columns: Columns, name = ''): ColumnType {
  const type = columns.get(name);
  if (type === undefined) throw new Error(`no column ${name}`);
  return type;
}

/** A new column at the end. */
function added(columns: Columns, { targetColumn = '' }: Parameters, type: ColumnType, sql: string): StepSql {
  if (columns.has(targetColumn)) throw new Error(`there is a column ${targetColumn}`);
  return { columns: new Map([...columns, [targetColumn, type]]), values: { [targetColumn]: sql } };
}

/** A text column with other values, in the rows that the step is about. */
function changed(
  columns: Columns,
  { sourceColumn = '' }: Parameters,
  condition: string | undefined,
  sql: string,
): StepSql {
  const value =
    condition === undefined ? sql : `CASE WHEN ${condition} THEN ${sql} ELSE ${quoteName(sourceColumn)} END`;
  return { columns, values: { [sourceColumn]: value } };
}

function textOf(columns: Columns, { sourceColumn = '' }: Parameters): string {
  if (typeOf(columns, sourceColumn) !== 'string') throw new Error(`${sourceColumn} is not a string`);
  return quoteName(sourceColumn);
}

const combinedFlags = [
  ...['collapseConsecutiveWhitespace', 'removeAllPunctuation', 'removeAllQuotes', 'removeAllWhitespace'],
  ...['removeCustomCharacters', 'removeCustomValue', 'removeLeadingAndTrailingPunctuation'],
  ...['removeLeadingAndTrailingQuotes', 'removeLeadingAndTrailingWhitespace', 'removeLetters'],
  ...['removeNumbers', 'removeSpecialCharacters'],
];

/** The operations by name, each as its page of the guide describes it. */
export const operationsSql: Readonly<Record<string, OperationSql>> = {
  // "Changes the data type of an existing column."
  CHANGE_DATA_TYPE: {
    parameters: ['sourceColumn', 'columnDataType'],
    run({ sourceColumn = '', columnDataType = '' }, columns) {
      typeOf(columns, sourceColumn);
      if (!isColumnType(columnDataType)) throw new Error(`the interpreter has no type ${columnDataType}`);
      return {
        columns: new Map(
          [...columns].map(([name, type]) => [name, name === sourceColumn ? columnDataType : type]),
        ),
        values: { [sourceColumn]: castSql(`${quoteName(sourceColumn)}::VARCHAR`, columnDataType) },
      };
    },
  },
  // "Creates a new column containing a date, in a specific format, from a string that represents a date."
  DATE_FORMAT: {
    parameters: ['sourceColumn', 'dateTimeFormat', 'targetColumn'],
    run(parameters, columns) {
      const { sourceColumn = '', dateTimeFormat = '' } = parameters;
      typeOf(columns, sourceColumn);
      return added(
        columns,
        parameters,
        'string',
        formatSql(`${quoteName(sourceColumn)}::TIMESTAMP`, dateTimeFormat),
      );
    },
  },
  // "Removes a column from the dataset."
  DELETE: {
    parameters: ['sourceColumn'],
    run({ sourceColumn }, columns) {
      typeOf(columns, sourceColumn);
      return { columns: new Map([...columns].filter(([name]) => name !== sourceColumn)) };
    },
  },
  // "Deletes any row that is an exact match to an earlier row in the dataset."
  DELETE_DUPLICATE_ROWS: {
    parameters: [],
    run: (_parameters, columns) => ({
      columns,
      qualify: `row_number() OVER (PARTITION BY ${[...columns.keys()].map(quoteName).join(', ')} ORDER BY "#row") = 1`,
    }),
  },
  // "Creates a new column with the different name, but with all of the same data."
  DUPLICATE: {
    parameters: ['sourceColumn', 'targetColumn'],
    run(parameters, columns) {
      const { sourceColumn = '' } = parameters;
      return added(columns, parameters, typeOf(columns, sourceColumn), quoteName(sourceColumn));
    },
  },
  // "Returns a column with missing data replaced by a specific value."
  FILL_WITH_CUSTOM: {
    parameters: ['sourceColumn', 'columnDataType', 'value'],
    run(parameters, columns) {
      const { sourceColumn = '', columnDataType, value = '' } = parameters;
      if (columnDataType !== 'string') throw new Error(`the interpreter fills no ${columnDataType}`);
      textOf(columns, parameters);
      return changed(columns, parameters, missingSql(sourceColumn), quoteText(value));
    },
  },
  // "Returns a column with missing data replaced by an empty string."
  FILL_WITH_EMPTY: {
    parameters: ['sourceColumn'],
    run(parameters, columns) {
      textOf(columns, parameters);
      return changed(columns, parameters, missingSql(parameters['sourceColumn'] ?? ''), "''");
    },
  },
  // "Returns a column with data values replaced by null."
  FILL_WITH_NULL: {
    parameters: ['sourceColumn'],
    takesConditions: true,
    run(parameters, columns, condition) {
      typeOf(columns, parameters['sourceColumn']);
      return changed(columns, parameters, condition, 'NULL');
    },
  },
  // "Changes each string in a column to lowercase."
  LOWER_CASE: {
    parameters: ['sourceColumn'],
    takesConditions: true,
    run: (parameters, columns, condition) =>
      changed(columns, parameters, condition, `lower(${textOf(columns, parameters)})`),
  },
  // "Removes one or more characters from a column, according to what a user specifies."
  REMOVE_COMBINED: {
    parameters: ['sourceColumn', ...combinedFlags],
    optional: ['customCharacters', 'customValue'],
    takesConditions: true,
    run(parameters, columns, condition) {
      const { customValue } = parameters;
      const text = textOf(columns, parameters);
      const wrong = combinedFlags.find((flag) => !['true', 'false'].includes(parameters[flag] ?? ''));
      if (wrong) throw new Error(`REMOVE_COMBINED: ${wrong} is neither true nor false`);
      const set = combinedFlags.filter((flag) => parameters[flag] === 'true');
      const sql = set.reduce((value, flag) => {
        // "Removes all white spaces from the beginning and end of the value."
        if (flag === 'removeLeadingAndTrailingWhitespace')
          return `regexp_replace(${value}, ${quoteText(`\\A${whiteSpace}|${whiteSpace}\\z`)}, '', 'g')`;
        // "Removes all characters specified by customValue parameter."
        if (flag === 'removeCustomValue' && customValue !== undefined)
          return `replace(${value}, ${quoteText(customValue)}, '')`;
        throw new Error(`the interpreter has no flag ${flag} of REMOVE_COMBINED`);
      }, text);
      return changed(columns, parameters, condition, sql);
    },
  },
  // "Deletes an entire row, if a duplicate value is encountered in a selected source column."
  REMOVE_DUPLICATES: {
    parameters: ['sourceColumn'],
    run({ sourceColumn = '' }, columns) {
      typeOf(columns, sourceColumn);
      return {
        columns,
        qualify: `row_number() OVER (PARTITION BY ${quoteName(sourceColumn)} ORDER BY "#row") = 1`,
      };
    },
  },
  // "Returns only the rows in which a specified column isn't missing data."
  REMOVE_MISSING: {
    parameters: ['sourceColumn'],
    run({ sourceColumn = '' }, columns) {
      typeOf(columns, sourceColumn);
      return { columns, where: `NOT ${missingSql(sourceColumn)}` };
    },
  },
  // "Any row that has a black_rating value of less than 1,800 is removed from the dataset."
  REMOVE_VALUES: {
    parameters: ['sourceColumn'],
    takesConditions: true,
    run({ sourceColumn }, columns, condition) {
      typeOf(columns, sourceColumn);
      if (condition === undefined) throw new Error('REMOVE_VALUES needs a condition');
      return { columns, where: `NOT (${condition})` };
    },
  },
  // "Creates a new column with the different name, but with all of the same data. The old column is then removed."
  RENAME: {
    parameters: ['sourceColumn', 'targetColumn'],
    run({ sourceColumn = '', targetColumn = '' }, columns) {
      typeOf(columns, sourceColumn);
      if (columns.has(targetColumn)) throw new Error(`there is a column ${targetColumn}`);
      return {
        columns: new Map(
          [...columns].map(([name, type]) => [name === sourceColumn ? targetColumn : name, type]),
        ),
        values: { [targetColumn]: quoteName(sourceColumn) },
      };
    },
  },
  // "Replaces a specified sequence of characters with another." The pattern is "one or more characters or a regular expression".
  REPLACE_TEXT: {
    parameters: ['sourceColumn', 'pattern', 'value'],
    takesConditions: true,
    run(parameters, columns, condition) {
      const { pattern = '', value = '' } = parameters;
      const text = textOf(columns, parameters);
      // A backslash would begin the number of a group.
      const replacement = quoteText(value.replaceAll('\\', '\\\\'));
      return changed(
        columns,
        parameters,
        condition,
        `regexp_replace(${text}, ${quoteText(pattern)}, ${replacement}, 'g')`,
      );
    },
  },
  // "Converts Unix time for a source column or input value to a specified numerical date format."
  UNIX_TIME_FORMAT: {
    parameters: ['sourceColumn', 'dateTimeFormat', 'targetColumn'],
    run(parameters, columns) {
      const { sourceColumn = '', dateTimeFormat = '' } = parameters;
      if (!['int', 'long'].includes(typeOf(columns, sourceColumn)))
        throw new Error(`${sourceColumn} is no integer`);
      const seconds = quoteName(sourceColumn);
      // Years of four digits, as the format has them.
      const known = `CASE WHEN ${seconds} BETWEEN -62135596800 AND 253402300799 THEN ${seconds} END`;
      return added(
        columns,
        parameters,
        'string',
        formatSql(`make_timestamp(${known} * 1000000)`, dateTimeFormat),
      );
    },
  },
};
