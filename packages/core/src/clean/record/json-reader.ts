/** A number of a JSON text, digit by digit: a JavaScript number would lose some. */
export class JsonNumber {
  /** As they are in the text, such as `12.50` or `1e3`. */
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** A JSON value: what `JSON.parse` gives, or {@link readJson}. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | JsonNumber
  | readonly JsonValue[]
  | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Names that an object has more than once in its text. `JSON.parse` silently drops all but the last value. */
const repeated = new WeakMap<object, Set<string>>();

/** Whether an object that `readJson` read has a name more than once. False for other objects. */
export const isRepeatedName = (object: JsonObject, name: string): boolean =>
  repeated.get(object)?.has(name) ?? false;

/** Why a text is not read. */
export type JsonFault = 'not_json' | 'lone_surrogate';

const space = /[ \t\r\n]*/y;
const stringToken = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\.)*"/uy;
const numberToken = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE+-])/y;
const wordToken = /(?:true|false|null)(?![a-zA-Z])|-?(?:nan|inf(?:inity)?)(?![a-z])/iy;

/**
 * Reads a JSON object as a load reads a line: a number becomes a {@link JsonNumber}, and a name that an object has twice keeps its
 * first value. Beyond RFC 8259 it accepts a comma after the last value and the words NaN and Infinity.
 */
export function readJson(text: string): JsonObject | JsonFault {
  let at = 0;
  let isWellFormed = true;
  const fail = (): never => {
    throw new SyntaxError('no JSON');
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = (character: string): boolean => {
    take(space);
    const isThere = text[at] === character;
    if (isThere) at += 1;
    return isThere;
  };
  const string = (): string => {
    const token = take(stringToken) ?? fail();
    const value: string = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
    isWellFormed &&= value.isWellFormed();
    return value;
  };
  const object = (): JsonObject => {
    const members: Record<string, JsonValue> = Object.create(null);
    const twice = new Set<string>();
    while (!skip('}')) {
      const name = string();
      if (!skip(':')) fail();
      const member = value();
      if (name in members) twice.add(name);
      else members[name] = member;
      if (!skip(',') && text[at] !== '}') fail();
    }
    if (twice.size > 0) repeated.set(members, twice);
    return members;
  };
  const list = (): JsonValue[] => {
    const items: JsonValue[] = [];
    while (!skip(']')) {
      items.push(value());
      if (!skip(',') && text[at] !== ']') fail();
    }
    return items;
  };
  const value = (): JsonValue => {
    if (skip('{')) return object();
    if (skip('[')) return list();
    if (text[at] === '"') return string();
    const digits = take(numberToken);
    if (digits !== undefined) return new JsonNumber(digits);
    const word = take(wordToken) ?? fail();
    return words.has(word)
      ? words.get(word)
      : /^(?:true|false|null)$/i.test(word)
        ? fail()
        : new JsonNumber(word);
  };
  try {
    if (!/^[ \t]*\{/.test(text)) return 'not_json';
    const read = value() as JsonObject;
    take(space);
    if (at < text.length) return 'not_json';
    return isWellFormed ? read : 'lone_surrogate';
  } catch (error) {
    // A text of a hundred thousand brackets is no event either.
    if (error instanceof SyntaxError || error instanceof RangeError) return 'not_json';
    throw error;
  }
}

const words: ReadonlyMap<string, JsonValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
] as const);
