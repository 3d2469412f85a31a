import type { PathStep } from '@headwater/core/internal';
import { quoteText } from '@headwater/core/internal';
import { markedName } from './marked-json.ts';

/** SQL about one value of a marked JSON document. */
export interface JsonValue {
  /** Its text in the marked form; NULL where the path has no value. */
  readonly text: string;
  /** Its JSON type. */
  readonly type: string;
  /** Whether a member that the path reads stands in its object more than once. Expensive. */
  readonly isRepeated: string;
}

/** What a relation has to compute from a document, in layers, before the values of its paths can be used. */
export interface JsonReads {
  /** Adds a path; the result uses the columns of `layers`. */
  value(steps: readonly PathStep[]): JsonValue;
  /** Columns to compute one layer after another: each may use those of the layers before it, and the document. */
  layers(): readonly (readonly string[])[];
  /** SQL that is true for every document in which some path may be repeated, and cheap. */
  mayRepeat(): string;
}

type Fixed = Extract<PathStep, { step: 'member' | 'element' }>;
const isFixed = (step: PathStep): step is Fixed => step.step === 'member' || step.step === 'element';

/** A path of members and places in the engine's own notation (https://duckdb.org/docs/stable/data/json/json_functions). */
export const enginePath = (steps: readonly Fixed[], more = ''): string => {
  const text = steps.map((step) =>
    step.step === 'member' ? `."${markedName(step.name)}"` : `[${step.index}]`,
  );
  return quoteText(`$${text.join('')}${more}`);
};

const hasTwice = (keys: string): string => `list_unique(${keys}) < len(${keys})`;
const countsTwice = (keys: string, name: string): string =>
  `coalesce(len(list_filter(${keys}, lambda name: name = ${quoteText(markedName(name))})) > 1, false)`;

/** The text of a member for the comparison of a selector: numbers by their digits, texts as they are. */
const selectorText = (value: string, name: string): string => {
  const text = `json_extract_string(${value}, ${enginePath([{ step: 'member', name }])})`;
  return `CASE WHEN starts_with(${text}, '#') THEN substring(${text}, 2) ELSE ${text} END`;
};

/**
 * Plans the reading of paths from a marked document: members and places in one pass over the document, and each list with a
 * selector once, however many paths select in it.
 *
 * @param document SQL name of the document
 * @param prefix begins the names of the layers' columns
 */
export function createJsonReads(document: string, prefix: string): JsonReads {
  const fixedPaths: string[] = [];
  const lists = new Map<string, string>();
  const keys = new Map<string, string>();
  const parents = new Set<string>();
  const guards = new Set<string>();
  const named = (known: Map<string, string>, sql: string, kind: string): string => {
    const name = known.get(sql) ?? `${prefix}_${kind}${known.size}`;
    known.set(sql, name);
    return name;
  };
  const textsName = `${prefix}_texts`;

  /** The element that a selector finds in the list at a path of the document. */
  function select(fixed: readonly Fixed[], { name, text }: Extract<PathStep, { step: 'first' }>): string {
    const list = named(lists, `json_extract(${document}, ${enginePath(fixed, '[*]')})`, 'list');
    const texts = `list_transform(${list}, lambda item: ${selectorText('item', name)})`;
    guards.add(repeatsInList(list, 'json_keys(item)', hasTwice));
    return `${list}[list_position(${named(keys, texts, 'keys')}, ${quoteText(text)})]`;
  }

  /** The same within a value that a selector found. */
  const selectWithin = (base: string, fixed: readonly Fixed[], step: Extract<PathStep, { step: 'first' }>) =>
    `list_filter(json_extract(${base}, ${enginePath(fixed, '[*]')}), lambda item: ${selectorText('item', step.name)} = ${quoteText(step.text)})[1]`;

  function value(steps: readonly PathStep[]): JsonValue {
    let base = document;
    let fixed: Fixed[] = [];
    const repeated: string[] = [];
    for (const step of steps) {
      if (isFixed(step)) {
        if (step.step === 'member') {
          const parent = enginePath(fixed);
          if (base === document) parents.add(parent);
          else guards.add(hasTwice(`json_keys(${base}, ${parent})`));
          repeated.push(countsTwice(`json_keys(${base}, ${parent})`, step.name));
        }
        fixed.push(step);
      } else if (step.step === 'first') {
        const list = `json_extract(${base}, ${enginePath(fixed, '[*]')})`;
        const twice = (inItem: string): string => countsTwice(inItem, step.name);
        repeated.push(repeatsInList(list, 'json_keys(item)', twice));
        if (base !== document) guards.add(repeatsInList(list, 'json_keys(item)', hasTwice));
        base = base === document ? select(fixed, step) : selectWithin(base, fixed, step);
        fixed = [];
      }
    }
    const path = enginePath(fixed);
    let text = `json_extract_string(${base}, ${path})`;
    if (base === document) {
      if (!fixedPaths.includes(path)) fixedPaths.push(path);
      text = `${textsName}[${fixedPaths.indexOf(path) + 1}]`;
    }
    return {
      text,
      type: `json_type(${base}, ${path})`,
      isRepeated: repeated.length > 0 ? repeated.join(' OR ') : 'false',
    };
  }

  return {
    value,
    layers: () => [
      [
        ...(fixedPaths.length > 0
          ? [`json_extract_string(${document}, [${fixedPaths.join(', ')}]) AS ${textsName}`]
          : []),
        ...[...lists].map(([sql, name]) => `${sql} AS ${name}`),
      ],
      [...keys].map(([sql, name]) => `${sql} AS ${name}`),
    ],
    mayRepeat() {
      const objects =
        parents.size > 0
          ? [
              `len(list_filter(json_keys(${document}, [${[...parents].join(', ')}]), lambda one: ${hasTwice('one')})) > 0`,
            ]
          : [];
      return [...objects, ...guards].map((one) => `coalesce(${one}, false)`).join(' OR ') || 'false';
    },
  };
}

const repeatsInList = (list: string, keysOfItem: string, test: (keys: string) => string): string =>
  `coalesce(len(list_filter(${list}, lambda item: ${test(keysOfItem)})) > 0, false)`;
