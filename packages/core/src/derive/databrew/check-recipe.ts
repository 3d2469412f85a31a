import type { CleaningStep, RangeBound } from '../../table/cleaning-step.ts';
import type { Column } from '../../table/table-schema.ts';
import { type BadValueRule, markMissing, missingMark, onBadValues, unmarkMissing } from './bad-values.ts';
import type { DataBrewCondition } from './recipe-operations.ts';
import { exactly, nearly, type RecipePart } from './recipe-rule.ts';
import { listConditions } from './recipe-step.ts';

/** What a check depends on besides its column. */
interface CheckContext {
  readonly bad: BadValueRule;
  /** Whether the text may be of length zero. */
  readonly mayBeEmpty: boolean;
}

/** What a recipe does for a check of a column: the rows that fail are removed, or their values become null. */
export function checkRecipe(column: Column, step: CleaningStep, context: CheckContext): RecipePart {
  switch (step.step) {
    case 'one-of':
      return oneOf(column, step.values, context);
    case 'range':
      return exactly(
        ...outside(column, step.minimum, 'LESS_THAN', 'LESS_THAN_EQUAL', context),
        ...outside(column, step.maximum, 'GREATER_THAN', 'GREATER_THAN_EQUAL', context),
      );
    default:
      // A condition compares texts and numbers; none matches a pattern or counts characters.
      return nearly([], 'not-checked');
  }
}

/** AWS does not say whether a missing value is not a text: where rows are removed, a mark stands for it meanwhile. */
function oneOf(
  { name, nullable }: Column,
  values: readonly string[],
  { bad, mayBeEmpty }: CheckContext,
): RecipePart {
  const isNot = (texts: readonly string[]) => onBadValues(name, bad, listConditions('IS_NOT', name, texts));
  if (!nullable || bad.operation === 'FILL_WITH_NULL') return exactly(isNot(values));
  return nearly(
    [markMissing(name), isNot([...values, missingMark]), unmarkMissing(name)],
    'missing-mark',
    ...(mayBeEmpty ? (['empty-is-missing'] as const) : []),
  );
}

function outside(
  column: Column,
  bound: RangeBound | undefined,
  condition: DataBrewCondition,
  exclusive: DataBrewCondition,
  { bad }: CheckContext,
) {
  if (!bound) return [];
  const Condition = bound.exclusive ? exclusive : condition;
  return [
    onBadValues(column.name, bad, [
      { Condition, Value: boundText(column, bound), TargetColumn: column.name },
    ]),
  ];
}

/** A bound as AWS writes such values. */
function boundText({ type: { kind } }: Column, { value }: RangeBound): string {
  if (kind === 'date') return value.slice(0, 10);
  return kind === 'timestamp' ? value.replace('T', ' ').replace(/(\.0+)?Z$/, '') : value;
}
