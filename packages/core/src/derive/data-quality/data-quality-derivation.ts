import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import type { DataQualityRule } from './data-quality-rule.ts';
import { explainDataQuality } from './data-quality-rules.ts';
import { deriveDataQualityRuleset } from './data-quality-ruleset.ts';

/** The rules of a table for Glue Data Quality, or what they check and what they cannot. */
export const dataQualityDerivation = defineDerivation({
  description: 'Input of Glue CreateDataQualityRuleset: the rules of the clean table, in DQDL',
  details:
    'Rows that loads wrote pass every rule. --explain lists every statement of the definition with its rule, or the reason why it has none. Glue reads ' +
    'registered partitions: run headwater lake register-partitions first.',
  needs: 'target',
  options: z.object({
    explain: z
      .boolean()
      .optional()
      .describe('Instead, list every statement of the definition with its rule, or why it has none'),
  }),
  command: 'aws glue create-data-quality-ruleset --cli-input-json',
  examples: [
    ['--explain', 'What the rules of the first table check, and what they cannot'],
    ['', 'For the first table of the config'],
  ],
  derive({ schema, target }, { explain }) {
    if (!explain) return jsonText(deriveDataQualityRuleset(schema, target));
    const rules = explainDataQuality(schema);
    return { text: explanationText(schema.name, rules), data: { rules } };
  },
});

/** Every statement of the definition, and below it its rule, or the reason why it has none. */
function explanationText(table: string, rules: readonly DataQualityRule[]): string {
  const lines = rules.map(({ column = table, source, says, rule, note }, index) => {
    const isSame = rule !== undefined && rule === rules[index - 1]?.rule;
    return `${column} ${source}: ${says}\n  ${isSame ? 'the same statement' : (rule ?? `no rule. ${note}`)}`;
  });
  const checked = rules.filter(({ rule }) => rule !== undefined).length;
  return `${[...lines, `${table}: ${checked} of ${rules.length} are checked.`].join('\n')}\n`;
}
