import { type Compilable, ExpressionWrapper, type Kysely, type OperationNode, sql } from 'kysely';
import { internals, type LakeTable } from '../../lake/create-lake.ts';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';
import { buildMetricQuery } from '../build-metric-query.ts';
import { type AskedRollup, questionOf } from './asked-rollup.ts';
import { keyColumn, keysQuery } from './distinct-keys.ts';
import { type Grouping, groupingOfAll, withRelations } from './grouping.ts';
import { sketchRank, sketchRegister } from './sketch.ts';

type Row = Record<string, unknown>;
type Rows = Compilable & { toOperationNode(): OperationNode };

/** A query, or why there is none. */
type Built =
  | { readonly query: Rows; readonly problem?: never }
  | { readonly query?: never; readonly problem: string };

/**
 * The query of the rows of a rollup for a range of days: the metric's own answer; the groups of a ranking; the keys of a measure; or the
 * registers of their sketch.
 *
 * @param input the parameters of the question besides the grain and the break-down
 */
export function rollupQuery(
  table: LakeTable,
  metric: Metric,
  asked: AskedRollup,
  input: { readonly from: string; readonly to: string },
): Built {
  const { kind, measure, by } = asked;
  const { query } = buildMetricQuery(table, metric, questionOf(metric, asked, input), { withHidden: true });
  if (kind === undefined) return { query: query as Rows };
  const { db } = table[internals];
  const tree = query.compile().query;
  if (kind === 'groups') {
    const grouping = groupingOfAll(tree);
    return grouping
      ? { query: groupsQuery(db, grouping, input.from) }
      : { problem: 'its rows are not those of one relation that groups its events, and that alone' };
  }
  // The relations of a metric call what they are broken down by `part`, and its answer by its name.
  const rename = (column: string): string => (hasPeriods(metric) && column === 'part' ? by : column);
  const period = hasPeriods(metric) ? undefined : input.from;
  const found = measure === undefined ? undefined : keysQuery(db, tree, measure, { period, rename });
  if (!found)
    return { problem: `${measure} is not the distinct keys of the rows of one relation of its query` };
  const { keys, groups } = found;
  // A column of this name would be read in place of the keys.
  const taken = groups.find((name) => ownColumns[kind].includes(name));
  if (taken !== undefined)
    return { problem: `a break-down by ${taken} has the name of a column of its ${kind}` };
  if (kind === 'keys') return { query: keys };
  const ranked = db
    .selectFrom(keys.as('rollup_keys'))
    .select(groups)
    .select([sketchRegister(sql.ref(keyColumn)).as('register'), sketchRank(sql.ref(keyColumn)).as('rank')]);
  const sketch = db
    .selectFrom(ranked.as('rollup_ranks'))
    .select([...groups, 'register'])
    .select(({ fn }) => fn.max('rank').as('rank'))
    .groupBy([...groups, 'register']);
  return { query: sketch };
}

/** The columns that are no groups. */
const ownColumns = { keys: [keyColumn], sketch: [keyColumn, 'register', 'rank'] };

/** The groups of a ranking over days, with the first of the days: they are asked for day by day. */
function groupsQuery(db: Kysely<Record<string, Row>>, grouping: Grouping, from: string) {
  const { select, before, dimensions, aggregates } = grouping;
  const groups = withRelations(select, before);
  return db
    .selectFrom(new ExpressionWrapper<Record<string, Row>, string, Row>(groups).as('rollup_groups'))
    .select([
      sql<string>`${sql.lit(from)}`.as('period'),
      ...[...dimensions, ...aggregates.keys()].map((name) => sql.ref(`rollup_groups.${name}`).as(name)),
    ]);
}
