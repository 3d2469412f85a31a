/** The spellings that `parse` accepts, as regular expressions that every engine runs. */
export const spellings = {
  boolean: '(true|t|yes|y|1|false|f|no|n|0)',
  integer: '[+-]?[0-9]+',
  number: '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?',
  decimal: '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)',
  date: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  timestamp:
    '([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]((?:[01][0-9]|2[0-3]):[0-5][0-9])(?:(:[0-5][0-9])(?:\\.([0-9]{1,9}))?)?' +
    ' ?(?:(?:Z|UTC|GMT)|([+-])(0[0-9]|1[0-4])(?::?([0-5][0-9]))?)?',
  /** The same timestamps, with a group for each field, as a column with a zone needs it. */
  zonedTimestamp:
    '([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\\.([0-9]{1,9}))?)?' +
    ' ?(?:(Z|UTC|GMT)|([+-])(0[0-9]|1[0-4])(?::?([0-5][0-9]))?)?',
  /** A count since 1970 without a sign: digits, fraction, exponent. */
  epoch: '\\+?([0-9]+)(?:\\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?',
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
} as const;
