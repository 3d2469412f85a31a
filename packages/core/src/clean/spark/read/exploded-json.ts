import { sparkText } from '../../../types/spark-type.ts';
import { layeredSelect } from '../spark-layers.ts';
import type { SparkJsonValue } from './json-path-sql.ts';
import { elementsOf, isNested, jsonString, markedName, unmarkedJson } from './marked-json.ts';
import { codeText } from './raw-reasons.ts';

/**
 * A row for each element of a list: `element_text`, marked, and `element_place`, from 0 on. A record without elements is one row, whose
 * element is NULL. `list_fault` is the reason to reject a record
 * where the path leads to a value that is not a list.
 *
 * @param records a relation in parentheses
 * @param mayRepeat SQL that is true where a name of the list's path may be repeated
 */
export function explodedRecords(
  records: string,
  { text, repeated }: SparkJsonValue,
  mayRepeat: string,
): string {
  const isRepeated = `(${mayRepeat}) AND (${repeated.join(' OR ')})`;
  const read = layeredSelect(records, [
    [{ name: 'list_text', sql: text }],
    [
      {
        name: 'list_fault',
        sql: `CASE WHEN ${isRepeated} THEN ${codeText('repeated_name')} WHEN NOT startswith(list_text, '[') THEN ${codeText('not_a_list')} END`,
      },
    ],
    [{ name: 'list_items', sql: elementsOf('CASE WHEN list_fault IS NULL THEN list_text END') }],
    [{ name: 'element_count', sql: 'greatest(coalesce(size(list_items), 0), 0)' }],
  ]);
  return `(SELECT * FROM ${read}
    LATERAL VIEW posexplode(CASE WHEN element_count > 0 THEN list_items ELSE array(CAST(NULL AS STRING)) END) elements AS element_place, element_text)`;
}

const jsonText = (value: string): string =>
  `CASE WHEN ${value} IS NULL THEN 'null' WHEN startswith(${value}, 's') THEN ${jsonString(`substr(${value}, 2)`)}
    WHEN startswith(${value}, 'n') THEN substr(${value}, 2) WHEN ${isNested(value)} THEN ${unmarkedJson(value)} ELSE ${value} END`;

/**
 * SQL for the record of a row with its own element only: loading it again gives that row and none of the others. The list stands at the
 * end of its object.
 *
 * @param names the path of the list
 * @param parents SQL for the members of the record, and of each object on the way to the list
 */
export const oneElementText = (names: readonly string[], parents: readonly string[]): string =>
  names.reduceRight(
    (value, name, index) => {
      const others = `filter(map_entries(${parents[index]}), entry -> entry.key <> ${sparkText(markedName(name))})`;
      const written = `transform(${others}, entry -> concat(${jsonString('substr(entry.key, 2)')}, ':', ${jsonText('entry.value')}))`;
      const own = `concat(${jsonString(sparkText(name))}, ':', ${value})`;
      return `concat('{', array_join(concat(${written}, array(${own})), ','), '}')`;
    },
    `concat('[', ${jsonText('element_text')}, ']')`,
  );
