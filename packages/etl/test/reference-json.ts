/** A JSON value as it is written. */
export type WrittenValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number' | 'word'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'nested' };

/** An object's members in their order, and whether a string holds half of a UTF-16 pair. */
export interface WrittenObject {
  readonly members: readonly (readonly [name: string, value: WrittenValue])[];
  readonly hasLoneSurrogate: boolean;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads one JSON object, number by number as it is written: RFC 8259, and what the engine takes beyond it, a comma after the
 * last value and the words NaN, Infinity and Inf in any case. Written for tests, apart from every other reader.
 *
 * @returns undefined for any other text
 */
export function readObject(text: string): WrittenObject | undefined {
  let at = 0;
  let hasLoneSurrogate = false;
  const fail = (): never => {
    throw new SyntaxError('no JSON');
  };
  const skip = (): void => {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at += 1;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    at += match?.length ?? 0;
    return match;
  };
  const readString = (): string => {
    if (text[at] !== '"') fail();
    at += 1;
    let value = '';
    while (text[at] !== '"') {
      const character = text[at] ?? fail();
      if (character < ' ') fail();
      at += 1;
      if (character !== '\\') value += character;
      else if (text[at] === 'u') {
        const unit = take(/u[0-9a-fA-F]{4}/y) ?? fail();
        value += String.fromCharCode(Number.parseInt(unit.slice(1), 16));
      } else {
        value += escapes[text[at] ?? ''] ?? fail();
        at += 1;
      }
    }
    at += 1;
    if (!value.isWellFormed()) hasLoneSurrogate = true;
    return value;
  };
  const readMembers = (): (readonly [string, WrittenValue])[] => {
    const members: (readonly [string, WrittenValue])[] = [];
    at += 1;
    skip();
    while (text[at] !== '}') {
      const name = readString();
      skip();
      if (text[at] !== ':') fail();
      at += 1;
      skip();
      members.push([name, readValue()]);
      skip();
      if (text[at] === ',') {
        at += 1;
        skip();
      } else if (text[at] !== '}') fail();
    }
    at += 1;
    return members;
  };
  const readValue = (): WrittenValue => {
    if (text[at] === '"') return { kind: 'string', text: readString() };
    if (text[at] === '{') {
      readMembers();
      return { kind: 'nested' };
    }
    if (text[at] === '[') {
      at += 1;
      skip();
      while (text[at] !== ']') {
        readValue();
        skip();
        if (text[at] === ',') {
          at += 1;
          skip();
        } else if (text[at] !== ']') fail();
      }
      at += 1;
      return { kind: 'nested' };
    }
    const word = take(/(?:true|false|null|-?(?:nan|inf(?:inity)?)(?![a-z]))/iy);
    if (word !== undefined) {
      if (word === 'null') return { kind: 'null' };
      return /^(?:true|false|-?(?:nan|inf(?:inity)?))$/.test(word) || /nan|inf/i.test(word)
        ? { kind: 'word', text: word }
        : fail();
    }
    const number = take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE+-])/y);
    return number === undefined ? fail() : { kind: 'number', text: number };
  };
  try {
    skip();
    if (text[at] !== '{') return undefined;
    const members = readMembers();
    skip();
    return at === text.length ? { members, hasLoneSurrogate } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A number in plain digits; one with an exponent of more than three digits as it is. */
export function plainNumber(text: string): string {
  const match = /^(-?)([0-9]+)(?:\.([0-9]*))?[eE]([+-]?[0-9]{1,3})$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', part = '', shift = ''] = match;
  const digits = whole + part;
  const point = whole.length + Number(shift);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
