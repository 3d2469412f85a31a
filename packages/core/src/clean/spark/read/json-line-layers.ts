import { sparkText } from '../../../types/spark-type.ts';
import type { Layer } from '../spark-layers.ts';
import { isNotBlank, lineFault, lineText } from './line-sql.ts';
import {
  hasLoneSurrogate,
  isOneValue,
  leniently,
  lineObjects,
  markedJson,
  mayBeLenient,
  onlyObject,
} from './marked-json.ts';
import { codeText } from './raw-reasons.ts';

/** The rows of a relation of lines: `input, place, text`. @param lines the name of a view: `input, place, value` */
export const jsonLines = (lines: string): string =>
  `(SELECT input, place, ${lineText('value')} AS text FROM ${lines} WHERE ${isNotBlank('value')})`;

/** Whether a line that is no JSON of RFC 8259 may be JSON as DuckDB reads it. */
const isTriedAgain = `fault IS NULL AND coalesce(size(objects) <> 2, true) AND ${mayBeLenient('text')}`;

const isAnyJson = `(${isOneValue('marked')} OR (${mayBeLenient('text')} AND ${isOneValue(leniently('text'))}))`;

/**
 * Layers over {@link jsonLines} that read each line as one object: `members`, by marked names, or NULL; and `code`, the reason for
 * which the line is rejected as a whole, or NULL.
 *
 * Spark's parser takes objects and lists up to 1,000 deep; a line that goes deeper is `not_json`, as for the record function.
 */
export const jsonLineLayers: readonly Layer[] = [
  [{ name: 'fault', sql: lineFault('text') }],
  [{ name: 'marked', sql: `CASE WHEN fault IS NULL THEN ${markedJson('text')} END` }],
  [{ name: 'objects', sql: lineObjects('marked') }],
  [{ name: 'again', sql: `CASE WHEN ${isTriedAgain} THEN ${lineObjects(leniently('text'))} END` }],
  [
    { name: 'object', sql: `coalesce(${onlyObject('objects')}, ${onlyObject('again')})` },
    { name: 'has_lone', sql: hasLoneSurrogate('text') },
  ],
  [
    {
      name: 'code',
      sql: `CASE WHEN fault IS NOT NULL THEN fault WHEN object IS NOT NULL AND NOT has_lone THEN NULL
        WHEN contains(text, ${sparkText('\\u')}) AND (object IS NOT NULL OR ${isAnyJson}) THEN ${codeText('lone_surrogate')}
        ELSE ${codeText('not_json')} END`,
    },
    { name: 'members', sql: 'CASE WHEN NOT has_lone THEN object END' },
  ],
];
