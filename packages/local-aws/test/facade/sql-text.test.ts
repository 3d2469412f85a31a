import { describe, expect, it } from 'vitest';
import { parseUnload } from '../../src/facade/athena/parse-unload.ts';
import { sqlPieces } from '../../src/facade/athena/sql-pieces.ts';
import { isHiveDdl, isVolatile, statementKind } from '../../src/facade/athena/statement-kind.ts';
import { substituteParameters } from '../../src/facade/athena/substitute-parameters.ts';

describe('pieces of SQL', () => {
  it.each([
    [
      "a = 'it''s' -- '?\nand \"x\"\"?\" /* ? ' */ b",
      ['code', 'string', 'code', 'comment', 'code', 'name', 'code', 'comment', 'code'],
    ],
    ["'open", ['string']],
    ['/* open', ['comment']],
    ["'a' 'b'", ['string', 'code', 'string']],
    ['', []],
  ])('%j', (sql, kinds) => {
    const pieces = sqlPieces(sql);
    expect(pieces.map(({ kind }) => kind)).toEqual(kinds);
    expect(pieces.map(({ text }) => text).join('')).toBe(sql);
    for (const { text, at } of pieces) expect(sql.startsWith(text, at)).toBe(true);
  });

  it('takes a string of a megabyte', () => {
    const long = `'${"x''?".repeat(1 << 18)}'`;
    expect(sqlPieces(`select ${long}`).map(({ kind }) => kind)).toEqual(['code', 'string']);
  });
});

describe('parameters', () => {
  it.each([
    ['a = ? and b = ?', ['1', "'x'"], "a = 1 and b = 'x'"],
    ['a = \'?\' and "?" = ? -- ?', ['1'], 'a = \'?\' and "?" = 1 -- ?'],
    // What a parameter brings is not looked at again, and $& is no pattern.
    ['a = ? and b = ?', ["'?'", "'$& $1'"], "a = '?' and b = '$& $1'"],
  ])('%s', (sql, parameters, expected) => {
    expect(substituteParameters(sql, parameters)).toBe(expected);
  });

  it.each([
    ['a = ?', ['1', '2']],
    ['a = ? and b = ?', ['1']],
    ["a = '?'", ['1']],
  ])('%s refuses %j', (sql, parameters) => {
    expect(() => substituteParameters(sql, parameters)).toThrow('Incorrect number of parameters');
  });
});

describe('kinds of statements', () => {
  it.each([
    ['select 1', 'DML', 'SELECT'],
    ['-- create table x as\n/* drop */ ( with t as (select 1) select * from t)', 'DML', 'WITH'],
    ["create table t with (format = 'PARQUET') as select 1", 'DML', 'CREATE_TABLE_AS_SELECT'],
    ['insert into t values (1)', 'DML', 'INSERT'],
    ['create table t (a int)', 'DDL', 'CREATE'],
    ['show tables', 'UTILITY', 'SHOW'],
  ])('%s', (sql, type, subtype) => {
    const kind = statementKind(sql);
    expect(kind.StatementType).toBe(type);
    expect(kind.SubstatementType).toBe(subtype === 'WITH' ? 'SELECT' : subtype);
  });

  it('knows the DDL of Hive from text that only speaks of it', () => {
    expect(
      ['create external table t (a int)', 'select `a` from t', 'MSCK REPAIR TABLE t'].filter(isHiveDdl),
    ).toHaveLength(3);
    expect(
      ["select '`a`'", 'select 1 -- create external table', 'create view v as select 1'].filter(isHiveDdl),
    ).toEqual([]);
  });

  it('knows what answers differently each time', () => {
    expect(['select now()', 'select current_date', 'select random() from t'].filter(isVolatile)).toHaveLength(
      3,
    );
    expect(
      ["select 'now()'", 'select "current_date" from t', 'select knowledge from t'].filter(isVolatile),
    ).toEqual([]);
  });
});

describe('UNLOAD', () => {
  it('is taken apart', () => {
    const sql = `UNLOAD (SELECT f(a), ') to ' FROM t -- )
      ) TO 's3://b/p' WITH (format='parquet', compression = 'zstd', partitioned_by = ARRAY['dt', 'h']);`;
    expect(parseUnload(sql)).toEqual({
      query: "SELECT f(a), ') to ' FROM t -- )\n      ",
      to: 's3://b/p/',
      format: 'PARQUET',
      compression: 'ZSTD',
      partitionedBy: ['dt', 'h'],
    });
  });

  it.each([
    "unload (select 1 to 's3://b/p' with (format = 'PARQUET')",
    "unload (select 1) to 'file:///p' with (format = 'PARQUET')",
    "unload (select 1) to 's3://b/p'",
    "unload (select 1) to 's3://b/p' with (format = 'XLS')",
    "unload (select 1) to 's3://b/p' with (format = 'PARQUET', field_delimiter = '|')",
  ])('refuses %s', (sql) => {
    expect(() => parseUnload(sql)).toThrow('UNLOAD: ');
  });
});
