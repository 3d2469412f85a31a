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

const wordToken = /(?:true|false|null)(?![a-zA-Z])|-?(?:nan|inf(?:inity)?)(?![a-z])/iy;
const words: ReadonlyMap<string, JsonValue> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
] as const);

/**
 * Reads a JSON object as a load reads a line: a number becomes a {@link JsonNumber}, and a name that an object has twice keeps its
 * first value. Beyond RFC 8259 it accepts a comma after the last value and the words NaN and Infinity.
 */
export function readJson(text: string): JsonObject | JsonFault {
  if (!/^[ \t]*\{/.test(text)) return 'not_json';
  const scan = new Scan(text);
  try {
    const read = scan.value() as JsonObject;
    scan.skipSpace();
    if (scan.at < text.length) return 'not_json';
    return scan.isWellFormed ? read : 'lone_surrogate';
  } catch (error) {
    // A text of a hundred thousand brackets is no event either.
    if (error instanceof SyntaxError || error instanceof RangeError) return 'not_json';
    throw error;
  }
}

const quote = 34;
const plus = 43;
const comma = 44;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const colon = 58;
const openList = 91;
const backslash = 92;
const closeList = 93;
const open = 123;
const close = 125;

const isDigit = (code: number): boolean => code >= zero && code <= nine;
const isExponent = (code: number): boolean => code === 101 || code === 69;
const isSign = (code: number): boolean => code === plus || code === minus;

function fail(): never {
  throw new SyntaxError('no JSON');
}

/** A text, and the place in it that is read next. Beyond its end a text has the code NaN, which is equal to none. */
class Scan {
  at = 0;
  isWellFormed = true;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at += 1;
    }
  }

  /** Passes over white space and then a character, if it is there. */
  #skip(code: number): boolean {
    this.skipSpace();
    if (this.#text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  value(): JsonValue {
    this.skipSpace();
    const code = this.#text.charCodeAt(this.at);
    if (code === quote) return this.#string();
    if (code === open) return this.#object();
    if (code === openList) return this.#list();
    return this.#number() ?? this.#word();
  }

  #object(): JsonObject {
    this.at += 1;
    const members: Record<string, JsonValue> = Object.create(null);
    let twice: Set<string> | undefined;
    while (!this.#skip(close)) {
      const name = this.#string();
      if (!this.#skip(colon)) fail();
      const member = this.value();
      if (name in members) {
        twice ??= new Set();
        twice.add(name);
      } else members[name] = member;
      if (!this.#skip(comma) && this.#text.charCodeAt(this.at) !== close) fail();
    }
    if (twice) repeated.set(members, twice);
    return members;
  }

  #list(): JsonValue[] {
    this.at += 1;
    const items: JsonValue[] = [];
    while (!this.#skip(closeList)) {
      items.push(this.value());
      if (!this.#skip(comma) && this.#text.charCodeAt(this.at) !== closeList) fail();
    }
    return items;
  }

  #string(): string {
    const text = this.#text;
    const from = this.at;
    if (text.charCodeAt(from) !== quote) fail();
    let hasEscapes = false;
    let end = from + 1;
    for (; ; end += 1) {
      const code = text.charCodeAt(end);
      if (code === quote) break;
      // Written so that the end of the text fails.
      if (!(code >= 32)) fail();
      if (code === backslash) {
        hasEscapes = true;
        end += 1;
      }
    }
    this.at = end + 1;
    const value: string = hasEscapes ? JSON.parse(text.slice(from, end + 1)) : text.slice(from + 1, end);
    this.isWellFormed &&= value.isWellFormed();
    return value;
  }

  /** Passes over the digits at `from`, and gives the place after them; undefined if there is no digit. */
  #digitsEnd(from: number): number | undefined {
    let at = from;
    while (isDigit(this.#text.charCodeAt(at))) at += 1;
    return at === from ? undefined : at;
  }

  #number(): JsonNumber | undefined {
    const text = this.#text;
    const from = this.at;
    const first = text.charCodeAt(from) === minus ? from + 1 : from;
    let end = text.charCodeAt(first) === zero ? first + 1 : this.#digitsEnd(first);
    if (end !== undefined && text.charCodeAt(end) === point) end = this.#digitsEnd(end + 1);
    if (end !== undefined && isExponent(text.charCodeAt(end)))
      end = this.#digitsEnd(isSign(text.charCodeAt(end + 1)) ? end + 2 : end + 1);
    if (end === undefined || isDigit(text.charCodeAt(end))) return undefined;
    this.at = end;
    return new JsonNumber(text.slice(from, end));
  }

  #word(): JsonValue {
    wordToken.lastIndex = this.at;
    const word = wordToken.exec(this.#text)?.[0] ?? fail();
    this.at += word.length;
    if (words.has(word)) return words.get(word);
    return words.has(word.toLowerCase()) ? fail() : new JsonNumber(word);
  }
}
