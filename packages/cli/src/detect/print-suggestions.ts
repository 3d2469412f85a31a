import type { WafSuggestions } from '@headwater/stream/detect';
import type { Console } from '../output/console.ts';
import { counted } from '../output/figures.ts';

/** Prints suggestions for AWS WAF for people: what each rule does, what it needs, and whom it hits besides. */
export async function printSuggestions(
  { suggestions, ruleGroup }: WafSuggestions,
  console: Console,
): Promise<void> {
  const { style } = console;
  await console.print();
  if (ruleGroup === null) return console.print('No rule of AWS WAF would have blunted these incidents.');
  for (const { rule, action, reason, needs, alsoHits, incidents } of suggestions) {
    await console.print(
      `${style('bold', rule.Name)}  ${action} after counting, for ${counted(incidents.length, 'incident')}`,
    );
    await console.print(`  ${reason}.`);
    for (const need of needs) await console.print(`  needs: ${need}.`);
    await console.print(`  also hits: ${alsoHits}.`);
  }
  const hint = `Nothing was applied. With --json, waf.ruleGroup is the input of aws wafv2 create-rule-group (${ruleGroup.Capacity} capacity units at most)`;
  await console.print(style('dim', hint));
}
