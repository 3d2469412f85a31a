import { type LakeTable, sql } from '@headwater/queries';
import type { Incident } from '@headwater/stream';
import { suggestWafRules, usualRatesOf, usualRatesSql, type WafSuggestions } from '@headwater/stream/detect';
import type { DetectReport } from './detect-in-lake.ts';
import type { WafSite } from './waf-options.ts';

/** Suggests rules for incidents of a lake. How fast actors are who were not found, the lake says. */
export async function suggestInLake(
  table: LakeTable,
  { from, to }: Pick<DetectReport, 'from' | 'to'>,
  incidents: readonly Incident[],
  site: WafSite,
  signal: AbortSignal,
): Promise<WafSuggestions> {
  const { schema } = table.definition;
  if (schema.roles.actor === undefined) return suggestWafRules(incidents, { table: schema.name, ...site });
  const found = [...new Set(incidents.flatMap(({ actors }) => actors))];
  const window = { start: Date.parse(from), end: Date.parse(to) };
  const { batches } = await sql(table, usualRatesSql(schema, window, found), { signal });
  let usual: ReturnType<typeof usualRatesOf> | undefined;
  for await (const [row] of batches()) if (row) usual = usualRatesOf(row);
  return suggestWafRules(incidents, { table: schema.name, ...site, usual });
}
