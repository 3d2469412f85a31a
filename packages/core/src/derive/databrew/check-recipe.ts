import type { CleaningStep, RangeBound } from '../../table/cleaning-step.ts';
import type { Column } from '../../table/table-schema.ts';
import type { DataBrewCondition } from './recipe-operations.ts';
import { exactly, nearly, type RecipePart } from './recipe-rule.ts';
import { type DataBrewConditionExpression, listConditions, recipeStep } from './recipe-step.ts';

/** What a recipe does for a check of a column: the rows that fail are removed, or their values become null. */
export function checkRecipe(column: Column, step: CleaningStep): RecipePart {
  switch (step.step) {
    case 'one-of':
      return exactly(failing(column, listConditions('IS_NOT', column.name, step.values)));
    case 'range':
      return exactly(
        ...outside(column, step.minimum, 'LESS_THAN', 'LESS_THAN_EQUAL'),
        ...outside(column, step.maximum, 'GREATER_THAN', 'GREATER_THAN_EQUAL'),
      );
    default:
      // A condition compares texts and numbers; none matches a pattern or counts characters.
      return nearly([], 'not-checked');
  }
}

const failing = ({ name, invalid }: Column, conditions: readonly DataBrewConditionExpression[]) =>
  recipeStep(invalid === 'null' ? 'FILL_WITH_NULL' : 'REMOVE_VALUES', { sourceColumn: name }, conditions);

function outside(
  column: Column,
  bound: RangeBound | undefined,
  condition: DataBrewCondition,
  exclusive: DataBrewCondition,
) {
  if (!bound) return [];
  const Value = boundText(column, bound);
  return [
    failing(column, [
      { Condition: bound.exclusive ? exclusive : condition, Value, TargetColumn: column.name },
    ]),
  ];
}

/** A bound as AWS writes such values. */
function boundText({ type: { kind } }: Column, { value }: RangeBound): string {
  if (kind === 'date') return value.slice(0, 10);
  return kind === 'timestamp' ? value.replace('T', ' ').replace(/(\.0+)?Z$/, '') : value;
}
