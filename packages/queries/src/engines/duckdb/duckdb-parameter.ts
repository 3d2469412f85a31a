import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBPreparedStatement,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  HUGEINT,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';

interface Bind {
  readonly value: DuckDBValue;
  readonly type: DuckDBType;
}

/**
 * Binds JavaScript values to a statement's `$1`, `$2`, ..., each with its DuckDB type.
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID`
 */
export function bindParameters(statement: DuckDBPreparedStatement, parameters: readonly unknown[]): void {
  parameters.forEach((parameter, index) => {
    const position = index + 1;
    const { value, type } = bindOf(parameter, statement.parameterTypeId(position), position);
    statement.bindValue(position, value, type);
  });
}

const int64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

/** How to bind a value where the statement expects `expected`. The JavaScript type decides; `expected` decides between the SQL types that it stands for. */
function bindOf(value: unknown, expected: DuckDBTypeId, position: number): Bind {
  if (value === null || value === undefined) return { value: null, type: SQLNULL };
  switch (typeof value) {
    case 'boolean':
      return { value, type: BOOLEAN };
    case 'bigint':
      return { value, type: int64(value) ? BIGINT : HUGEINT };
    case 'number':
      return (expected === DuckDBTypeId.DECIMAL && decimalBind(String(value))) || numberBind(value);
    case 'string':
      // DuckDB would replace a lone surrogate by another character.
      if (!value.isWellFormed()) throw invalid(position, 'is a text that is not well-formed Unicode');
      return textBind(value, expected);
  }
  if (value instanceof Date && Number.isNaN(value.getTime()))
    throw invalid(position, 'is a date that does not exist');
  if (value instanceof Date)
    return { value: new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), type: TIMESTAMP };
  if (Array.isArray(value)) {
    const binds = value.map((item: unknown) => bindOf(item, DuckDBTypeId.ANY, position));
    const type = binds.find((bind) => bind.value !== null)?.type ?? VARCHAR;
    return { value: listValue(binds.map((bind) => bind.value)), type: LIST(type) };
  }
  throw invalid(position, 'is none of text, number, bigint, boolean, Date, null, or a list of these');
}

const invalid = (position: number, problem: string): HeadwaterError =>
  new HeadwaterError('QUERY_PARAMETER_INVALID', { position, problem });

function numberBind(value: number): Bind {
  if (!Number.isInteger(value) || Object.is(value, -0)) return { value, type: DOUBLE };
  if (value === (value | 0)) return { value, type: INTEGER };
  return Number.isSafeInteger(value) ? { value: BigInt(value), type: BIGINT } : { value, type: DOUBLE };
}

function textBind(value: string, expected: DuckDBTypeId): Bind {
  if (expected === DuckDBTypeId.DECIMAL) return decimalBind(value) ?? { value, type: VARCHAR };
  if (expected === DuckDBTypeId.DATE && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const days = Date.parse(`${value}T00:00:00Z`) / 86_400_000;
    if (Number.isInteger(days)) return { value: new DuckDBDateValue(days), type: DATE };
  }
  return { value, type: VARCHAR };
}

/** Binds the exact decimal. A double would be compared with a rounding error. */
function decimalBind(text: string): Bind | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const width = Math.max(1, whole.length + fraction.length);
  if (width > 38) return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return {
    value: new DuckDBDecimalValue(digits, width, fraction.length),
    type: DECIMAL(width, fraction.length),
  };
}
