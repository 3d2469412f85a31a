import type { PathStep } from '../../../table/nested-path.ts';
import { sparkText } from '../../../types/spark-type.ts';
import type { Layer, NamedSql } from '../spark-layers.ts';
import { elementsOf, markedName, membersOf } from './marked-json.ts';

/** SQL about one value of a marked JSON document. */
export interface SparkJsonValue {
  /** The marked value; NULL where the path has none. */
  readonly text: string;
  /** Conditions, each for a member on the way that stands in its object more than once. */
  readonly repeated: readonly string[];
}

/** Plans the reading of paths from one document. */
export interface SparkJsonReads {
  /** Adds a path; the result uses the columns of `layers`. */
  value(steps: readonly PathStep[]): SparkJsonValue;
  /** SQL for the members of the object at a path of names; they are one of the columns of `layers`. */
  members(names: readonly string[]): string;
  /** Columns to compute one layer after another: each may use those of the layers before it, and the document. */
  layers(): readonly Layer[];
  /** SQL that is true for every document in which some path may be repeated, and cheap. */
  mayRepeat(): string;
}

interface Place {
  readonly text: string;
  /** The layer in which the text can be used. */
  readonly layer: number;
}

const isTwice = (members: string, name: string): string =>
  `size(filter(map_keys(${members}), name -> name = ${sparkText(markedName(name))})) > 1`;
const hasTwice = (members: string): string => `size(array_distinct(map_keys(${members}))) < size(${members})`;
const member = (members: string, name: string): string => `${members}[${sparkText(markedName(name))}]`;

/** The text of a member of an element for the comparison of a selector: numbers by their digits, texts as they are. */
const selectorText = (name: string): string => {
  const value = member(membersOf('item'), name);
  return `get(transform(array(${value}), value -> CASE WHEN startswith(value, 's') OR startswith(value, 'n') THEN substr(value, 2) ELSE value END), 0)`;
};

/**
 * Plans the reading of paths from a marked document: each object and each list on the way is parsed once, however many paths go through
 * it.
 *
 * @param document the members of the document, where they are a column; or the column with its marked text
 * @param prefix begins the names of the layers' columns
 */
export function createSparkJsonReads(
  document: { readonly members: string } | { readonly text: string },
  prefix: string,
): SparkJsonReads {
  const layers: NamedSql[][] = [];
  const named = new Map<string, NamedSql & { layer: number }>();
  const objects = new Set<string>();
  const guards = new Set<string>();

  /** The column that holds a parsed part of the document. */
  function column(sql: string, layer: number): Place {
    const known = named.get(sql);
    if (known) return { text: known.name, layer: known.layer + 1 };
    const name = `${prefix}_${named.size}`;
    named.set(sql, { name, sql, layer });
    while (layers.length <= layer) layers.push([]);
    layers[layer]?.push({ name, sql });
    return { text: name, layer: layer + 1 };
  }

  const root: Place = 'members' in document ? { text: '', layer: 0 } : { text: document.text, layer: 0 };
  const membersAt = (place: Place): Place =>
    place.text === '' && 'members' in document
      ? { text: document.members, layer: 0 }
      : column(membersOf(place.text), place.layer);

  function read(steps: readonly PathStep[]): Place & { repeated: string[] } {
    let place = root;
    const repeated: string[] = [];
    for (const step of steps) {
      if (step.step === 'member') {
        const members = membersAt(place);
        objects.add(members.text);
        repeated.push(isTwice(members.text, step.name));
        place = { text: member(members.text, step.name), layer: members.layer };
      } else if (step.step === 'element') {
        const list = column(elementsOf(place.text), place.layer);
        place = { text: `get(${list.text}, ${step.index})`, layer: list.layer };
      } else if (step.step === 'first') {
        const list = column(elementsOf(place.text), place.layer);
        const inItem = (test: (members: string) => string): string =>
          `coalesce(exists(${list.text}, item -> coalesce(${test(membersOf('item'))}, false)), false)`;
        guards.add(inItem(hasTwice));
        repeated.push(inItem((members) => isTwice(members, step.name)));
        place = column(
          `get(filter(${list.text}, item -> coalesce(${selectorText(step.name)} = ${sparkText(step.text)}, false)), 0)`,
          list.layer,
        );
      }
    }
    return { ...place, repeated };
  }

  return {
    value(steps) {
      const { text, repeated } = read(steps);
      return { text, repeated };
    },
    members(names) {
      const steps = names.map((name): PathStep => ({ step: 'member', name }));
      return membersAt(read(steps)).text;
    },
    layers: () => layers,
    mayRepeat: () =>
      [...[...objects].map((one) => `coalesce(${hasTwice(one)}, false)`), ...guards].join(' OR ') || 'false',
  };
}
