import { expect, test } from 'vitest';
import { judgeRedshift } from '../src/testing/index.ts';

const schema = { t: { a: 'integer', b: 'varchar(10)', at: 'timestamp' } };

test('what Redshift reads passes, and what it refuses is found, each by one of the judges at least', async () => {
  const good = [
    "select a, count(distinct b) as n from t where at >= timestamp '2024-01-01 00:00:00' group by a order by n desc nulls last limit 10",
    'select max(a) over (partition by b order by at, a desc nulls last rows unbounded preceding) as m, lag(a) over (order by at) as l from t',
    "select datediff(millisecond, at, dateadd(second, 3, at)) as ms, b || ':' || cast(a as varchar(65535)) as key from t",
    'create table x (a integer not null encode az64) diststyle key distkey (a) sortkey (a)',
  ];
  expect(await judgeRedshift(good, schema)).toEqual(good.map(() => []));
  const bad = [
    'select count(*) filter (where a > 1) as n from t',
    'select sum(a) over (order by at) as n from t',
    'select sum(a) over (order by at range between unbounded preceding and current row) as n from t',
    'select a from t where b is not distinct from null',
    'select b collate "C" as b from t',
    'select distinct on (a) a, b from t',
    'with x as materialized (select a from t) select a from x',
    'select cast(a as text) as a from t',
    "select concat(b, ':', b) as b from t",
    'select missing from t',
    'select a from t whe re a > 1',
    'select n from generate_series(1, 3) as n',
    'create table x (a serial)',
    'create table x (a integer) diststyle sideways',
    'create index x on t (a)',
    'insert into t (a) values (1) on conflict do nothing',
  ];
  const found = await judgeRedshift(bad, schema);
  expect(bad.filter((_, index) => found[index]?.length === 0)).toEqual([]);
});

test('words in texts, names and comments are no statements', async () => {
  const quoted = `select 'on conflict ::text' as "filter (where", a /* jsonb */ from t -- array[`;
  expect(await judgeRedshift([quoted], schema)).toEqual([[]]);
});
