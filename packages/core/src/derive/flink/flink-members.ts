import { flinkName } from '../../types/flink-type.ts';
import type { FlinkColumn } from './flink-column.ts';

/** The members of a record, by name: the type of a value, or those of an object. */
type Members = Map<string, string | Members>;

/** The columns of a record: a nested object is a ROW of the members that are read. */
export function memberLines(columns: readonly FlinkColumn[]): string[] {
  const members: Members = new Map();
  for (const { path, readAs } of columns) {
    let object = members;
    for (const name of path.slice(0, -1)) {
      const inner = object.get(name);
      const next: Members = inner instanceof Map ? inner : new Map();
      object.set(name, next);
      object = next;
    }
    object.set(path.at(-1) ?? '', readAs);
  }
  return [...members].map(([name, member]) => `${flinkName(name)} ${memberType(member)}`);
}

const memberType = (member: string | Members): string =>
  typeof member === 'string'
    ? member
    : `ROW<${[...member].map(([name, inner]) => `${flinkName(name)} ${memberType(inner)}`).join(', ')}>`;
