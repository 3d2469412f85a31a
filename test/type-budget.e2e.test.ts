// What our types cost a user's compiler and editor. Types that grow with every column or metric are met here, not by a user.
import { expect, test } from 'vitest';
import { measuredBudget, recordedBudget } from '../bench/types.ts';

/** How much a program may need beyond its recorded figure before somebody has to say that the cost is worth it. */
const tolerance = 1.03;

test('programs need no more type instantiations than recorded', () => {
  const recorded = recordedBudget();
  const measured = measuredBudget();
  const again =
    'If the cost is worth it: npm run bench -- types --record, and commit bench/type-budget.json.';
  expect(measured.typescript, again).toBe(recorded.typescript);
  const over = Object.entries(measured.instantiations)
    .map(([program, count]) => ({
      program,
      count,
      budget: (recorded.instantiations[program] ?? 0) * tolerance,
    }))
    .filter(({ count, budget }) => count > budget);
  expect(over, again).toEqual([]);
});
