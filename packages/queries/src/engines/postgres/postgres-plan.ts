import type { PlannedReading } from '../../session/planned-reading.ts';
import type { QueryText } from '../../session/query.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';

/** A node of a plan, as far as it is read here (https://www.postgresql.org/docs/current/using-explain.html). */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Plan Rows': number;
  readonly 'Plan Width': number;
  readonly Plans?: readonly PlanNode[];
}

/** One reading of a relation by a plan. */
interface RelationScan {
  readonly schema: string;
  readonly relation: string;
  readonly isWhole: boolean;
  /** Of the rows that the planner expects. */
  readonly bytes: number;
}

/** The size of each relation with its overflow, and the partitioned table that it is a part of. */
const sizes = `
  select n.nspname, c.relname, coalesce(parent.relname, c.relname), pg_table_size(c.oid)
  from unnest($1::text[], $2::text[]) as asked(schema_name, relation_name)
  join pg_namespace n on n.nspname = asked.schema_name
  join pg_class c on c.relnamespace = n.oid and c.relname = asked.relation_name
  left join pg_inherits i on i.inhrelid = c.oid
  left join pg_class parent on parent.oid = i.inhparent and parent.relkind = 'p'`;

/**
 * What PostgreSQL plans to read for a query, from EXPLAIN and the sizes of its relations. A scan of a whole relation reads its size;
 * one by an index reads the rows that the planner expects, and at most the size. A relation that the plan reads twice counts twice.
 *
 * @throws HeadwaterError as the query itself
 */
export async function planOf({ begin }: PostgresDialectConfig, query: QueryText): Promise<PlannedReading[]> {
  const transaction = await begin();
  try {
    const { sql, parameters } = query;
    const { rows } = await transaction.all({ sql: `explain (format json, verbose) ${sql}`, parameters });
    const [{ Plan: plan }] = JSON.parse(rows[0]?.[0] ?? '[{}]') as [{ readonly Plan?: PlanNode }];
    const scans = plan ? scansOf(plan) : [];
    const { rows: found } = await transaction.all({
      sql: sizes,
      parameters: [scans.map(({ schema }) => schema), scans.map(({ relation }) => relation)],
    });
    const known = new Map(
      found.map(([schema, relation, table, size]) => [
        JSON.stringify([schema, relation]),
        { table: table ?? '', size: Number(size) },
      ]),
    );
    const readings = scans.flatMap(({ schema, relation, isWhole, bytes }) => {
      const one = known.get(JSON.stringify([schema, relation]));
      return one ? [{ ...one, relation, bytes: isWhole ? one.size : Math.min(bytes, one.size) }] : [];
    });
    return [...Map.groupBy(readings, ({ table }) => table)].map(([table, own]) => ({
      table,
      partitions: new Set(own.map(({ relation }) => relation)).size,
      bytes: own.reduce((sum, one) => sum + one.bytes, 0),
      mostBytes: own.reduce((sum, one) => sum + one.size, 0),
    }));
  } finally {
    await transaction.end();
  }
}

function scansOf(node: PlanNode): RelationScan[] {
  const { 'Relation Name': relation, Schema: schema, 'Node Type': type } = node;
  const own =
    relation === undefined || schema === undefined
      ? []
      : [{ schema, relation, isWhole: type === 'Seq Scan', bytes: node['Plan Rows'] * node['Plan Width'] }];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}
