// A reader of the part of DQDL that rulesets are derived in, written from AWS's pages and its published grammar
// (https://github.com/awslabs/dqdl/tree/main/configuration/dqdl), and not from the derivation. It refuses everything else by name.

/** A value that a rule compares with. */
export type DqdlOperand =
  | { readonly kind: 'number' | 'text' | 'date'; readonly text: string }
  | { readonly kind: 'keyword'; readonly text: 'NULL' | 'EMPTY' };

/** A rule: its type, its parameters, and what it compares. */
export interface DqdlRule {
  readonly type: string;
  readonly parameters: readonly string[];
  readonly operator?: string;
  readonly operands: readonly DqdlOperand[];
  /** The rule as it is written. */
  readonly text: string;
  /** The comments before it. */
  readonly comments: readonly string[];
}

interface Token {
  readonly kind: 'comment' | 'quoted' | 'date' | 'time' | 'number' | 'word' | 'sign';
  readonly text: string;
  readonly at: number;
}

// The longest match wins, and of two as long the first, as in ANTLR. A quoted day or time of day is no string.
const tokens: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /#[^\n]*\n/y],
  ['date', /"\d{4}-\d\d-\d\d"/y],
  ['time', /"\d{1,2}:\d\d( [AP]M)?"/y],
  ['quoted', /"(?:\\["\\]|[^"])*?"/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z0-9_.]+/y],
  ['sign', />=|<=|!=|[=<>[\],]/y],
];

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (/[ \t\n]/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const matches = tokens.flatMap(([kind, pattern]) => {
      pattern.lastIndex = at;
      const [match] = pattern.exec(text) ?? [];
      return match === undefined ? [] : [{ kind, text: match, at }];
    });
    const [first] = matches.sort((left, right) => right.text.length - left.text.length);
    if (!first) throw new Error(`DQDL: no token at ${JSON.stringify(text.slice(at, at + 20))}`);
    found.push(first);
    at += first.text.length;
  }
  return found;
}

/** The types of rules: the number of parameters, and the kinds of values that they compare; none for a rule that is a statement. */
const ruleTypes: Readonly<
  Record<string, { readonly parameters: readonly [number, number]; readonly compares?: readonly string[] }>
> = {
  RowCount: { parameters: [0, 0], compares: ['number'] },
  IsComplete: { parameters: [1, 1] },
  IsUnique: { parameters: [1, 1000] },
  ColumnLength: { parameters: [1, 1], compares: ['number'] },
  ColumnValues: { parameters: [1, 1], compares: ['number', 'text', 'date', 'keyword'] },
  CustomSql: { parameters: [1, 1], compares: ['number'] },
};

/**
 * The rules of a document.
 * @throws Error for what DQDL refuses, and for what this reader does not know
 */
export function parseDqdl(document: string): DqdlRule[] {
  const all = tokensOf(document);
  let place = 0;
  const peek = (): Token => all[place] ?? { kind: 'sign', text: '<end>', at: document.length };
  const next = (): Token => {
    const token = peek();
    place += 1;
    return token;
  };
  const expect = (text: string): void => {
    const token = next();
    if (token.text !== text) throw new Error(`DQDL: expected ${text}, got ${token.text}`);
  };
  const commentsHere = (): string[] => {
    const comments: string[] = [];
    while (peek().kind === 'comment') comments.push(next().text.slice(1).trim());
    return comments;
  };

  const operand = (): DqdlOperand => {
    const { kind, text } = next();
    if (kind === 'number') return { kind, text };
    if (kind === 'date' || kind === 'quoted')
      return { kind: kind === 'date' ? 'date' : 'text', text: text.slice(1, -1) };
    if (text === 'NULL' || text === 'EMPTY') return { kind: 'keyword', text };
    throw new Error(`DQDL: no value: ${text}`);
  };

  const rule = (comments: readonly string[]): DqdlRule => {
    const start = peek().at;
    const type = next().text;
    const known = ruleTypes[type];
    if (!known) throw new Error(`DQDL: no rule type ${type} is known here`);
    const parameters: string[] = [];
    while (peek().kind === 'quoted' || peek().kind === 'date') parameters.push(next().text.slice(1, -1));
    const [least, most] = known.parameters;
    if (parameters.length < least || parameters.length > most)
      throw new Error(`DQDL: ${type} has ${parameters.length} parameters`);
    let operator: string | undefined;
    const operands: DqdlOperand[] = [];
    if (known.compares) {
      operator = next().text;
      if (!['>', '>=', '<', '<=', '=', '!=', 'in', 'matches'].includes(operator))
        throw new Error(`DQDL: no condition: ${operator}`);
      if (operator === 'in') {
        expect('[');
        do operands.push(operand());
        while (next().text === ',');
        if (all[place - 1]?.text !== ']') throw new Error('DQDL: a list without an end');
      } else operands.push(operand());
    }
    const kinds = new Set(operands.map(({ kind }) => kind).filter((kind) => kind !== 'keyword'));
    if (kinds.size > 1) throw new Error(`DQDL: values of several kinds in ${type}`);
    for (const kind of kinds)
      if (!known.compares?.includes(kind)) throw new Error(`DQDL: ${type} does not compare a ${kind}`);
    const { at = start, text = '' } = all[place - 1] ?? {};
    return {
      type,
      parameters,
      ...(operator === undefined ? {} : { operator }),
      operands,
      text: document.slice(start, at + text.length),
      comments,
    };
  };

  commentsHere();
  for (const word of ['Rules', '=', '[']) expect(word);
  const rules: DqdlRule[] = [];
  do rules.push(rule(commentsHere()));
  while (next().text === ',');
  if (all[place - 1]?.text !== ']') throw new Error(`DQDL: expected ], got ${all[place - 1]?.text}`);
  commentsHere();
  if (place < all.length) throw new Error(`DQDL: ${peek().text} after the rules`);
  return rules;
}
