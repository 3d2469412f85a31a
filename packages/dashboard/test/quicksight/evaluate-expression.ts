/** What an expression of QuickSight is evaluated over: one row, or the rows of a group. */
export interface ExpressionScope {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Undefined in a group, where columns are arguments of aggregations alone. */
  readonly row?: Readonly<Record<string, unknown>>;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
}

/** Numbers, texts, `{columns}`, `${parameters}`, functions, and signs. */
const tokens = /\s*(\d+(?:\.\d+)?|'[^']*'|\$\{\w+\}|\{\w+\}|[A-Za-z]\w*|[-+*/=(),])/y;

/**
 * Evaluates an expression of a calculated field, from QuickSight's own documentation of its operators and functions
 * (https://docs.aws.amazon.com/quicksight/latest/user/calculated-field-reference.html): the few that this package writes. Anything else throws.
 */
export function evaluateExpression(expression: string, scope: ExpressionScope): unknown {
  const found: string[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < expression.length) {
    const at = tokens.lastIndex;
    const match = tokens.exec(expression);
    if (!match?.[1]) throw new Error(`No token at ${at} of ${expression}`);
    found.push(match[1]);
  }
  let next = 0;
  const take = (wanted?: string): string => {
    const token = found[next];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`Expected ${wanted ?? 'more'} in ${expression}, got ${token}`);
    next += 1;
    return token;
  };
  const compared = (): unknown => {
    const left = sum();
    if (found[next] !== '=') return left;
    take('=');
    return left === sum();
  };
  const sum = (): unknown => {
    let value = product();
    while (found[next] === '+' || found[next] === '-') {
      const sign = take() === '+' ? 1 : -1;
      const other = product();
      value = value === null || other === null ? null : Number(value) + sign * Number(other);
    }
    return value;
  };
  const product = (): unknown => {
    let value = atom();
    while (found[next] === '*' || found[next] === '/') {
      const isTimes = take() === '*';
      const other = atom();
      // What divides by zero has no value.
      if (value === null || other === null || (!isTimes && Number(other) === 0)) value = null;
      else value = isTimes ? Number(value) * Number(other) : Number(value) / Number(other);
    }
    return value;
  };
  const atom = (): unknown => {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token.startsWith("'")) return token.slice(1, -1);
    if (token.startsWith('${')) return namedIn(scope.parameters, token.slice(2, -1));
    if (token.startsWith('{')) {
      if (!scope.row) throw new Error(`${token} stands outside an aggregation in ${expression}`);
      return namedIn(scope.row, token.slice(1, -1));
    }
    if (token === '(') {
      const inner = compared();
      take(')');
      return inner;
    }
    return call(token);
  };
  const call = (name: string): unknown => {
    take('(');
    if (name === 'sum') {
      const column = take().slice(1, -1);
      take(')');
      if (!scope.rows) throw new Error(`An aggregation of rows stands in ${expression}`);
      return sumOf(scope.rows.map((row) => namedIn(row, column)));
    }
    const given: unknown[] = [compared()];
    while (found[next] === ',') {
      take(',');
      given.push(compared());
    }
    take(')');
    if (name === 'nullIf') return given[0] === given[1] ? null : given[0];
    if (name === 'ifelse') {
      for (let at = 0; at + 1 < given.length; at += 2) if (given[at] === true) return given[at + 1];
      return given.at(-1);
    }
    throw new Error(`${name} is no function that is known here`);
  };
  const result = compared();
  if (next < found.length) throw new Error(`${found[next]} is too much in ${expression}`);
  return result;
}

/** Nulls are left out; of nothing, there is no sum. */
export function sumOf(values: readonly unknown[]): number | null {
  const numbers = values.filter((one) => one !== null).map(Number);
  return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0);
}

function namedIn(from: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!(name in from)) throw new Error(`There is no ${name}`);
  return from[name];
}
