import type { RangeBound, StepOf } from '../../table/cleaning-step.ts';
import type { Column } from '../../table/table-schema.ts';
import { isTextStep } from '../../table/text-step.ts';

/** A rule of a ruleset (https://docs.aws.amazon.com/databrew/latest/dg/API_Rule.html). */
export interface DataBrewRulesetRule {
  readonly Name: string;
  /** In the grammar of https://docs.aws.amazon.com/databrew/latest/dg/profile.data-quality-available-checks.html. */
  readonly CheckExpression: string;
  readonly SubstitutionMap: Record<string, string>;
  /** The columns that an aggregate is of. A check of each row names its column in the expression. */
  readonly ColumnSelectors?: { readonly Name: string }[];
}

/** A rule about a statistic of a column. */
export const aggregateRule = (
  name: string,
  column: string,
  expression: string,
  value: string,
): DataBrewRulesetRule => ({
  Name: name,
  CheckExpression: expression,
  SubstitutionMap: { ':val': value },
  ColumnSelectors: [{ Name: column }],
});

/** A rule that each row has to meet. */
const rowRule = (
  name: string,
  column: string,
  expression: string,
  values: Record<string, string>,
): DataBrewRulesetRule => ({
  Name: name,
  CheckExpression: expression,
  SubstitutionMap: { ':col': `\`${column}\``, ...values },
});

/** The maximum of a value of a rule. */
const mostValue = 1024;

/**
 * The rules of a column: each checks what cleaning rejects. Where cleaning maps, lowers or fills texts before the check, the raw texts are
 * no fault and are not compared; white space at the ends counts as one, although cleaning removes it. AWS does not say how a check of each
 * row treats a missing value, so an optional column has rules about its statistics only.
 */
export function columnRules(column: Column, field: string): DataBrewRulesetRule[] {
  const { name, nullable, steps } = column;
  const textSteps = steps.filter(isTextStep);
  const isFilled = textSteps.some(({ step }) => step === 'default');
  const isRepaired = textSteps.some(({ step }) => step !== 'trim' && step !== 'empty-to-null');
  const missing =
    nullable || isFilled
      ? []
      : [aggregateRule(`${name} is there`, field, 'AGG(MISSING_VALUES_COUNT) == :val', '0')];
  if (isRepaired) return missing;
  return [
    ...missing,
    ...steps.flatMap((step): DataBrewRulesetRule[] => {
      switch (step.step) {
        case 'range':
          return rangeRules(column, field, step);
        case 'one-of': {
          const list = JSON.stringify(step.values);
          if (nullable || list.length > mostValue) return [];
          return [rowRule(`${name} is one of its values`, field, ':col IN :list', { ':list': list })];
        }
        case 'length':
          return nullable ? [] : [lengthRule(name, field, step)];
        default:
          return [];
      }
    }),
  ];
}

/** Numbers have statistics, which leave missing values out; the guide has no check for times. */
function rangeRules(
  { name, type, steps }: Column,
  field: string,
  step: StepOf<'range'>,
): DataBrewRulesetRule[] {
  const isNumber = ['int32', 'int64', 'double', 'decimal'].includes(type.kind);
  const hasFormat = steps.some((one) => one.step === 'parse' && one.number !== undefined);
  if (!isNumber || hasFormat) return [];
  const rule = (bound: RangeBound | undefined, statistic: 'MIN' | 'MAX', comparison: '>' | '<') =>
    bound
      ? [
          aggregateRule(
            `${name} is ${comparison === '>' ? 'from' : 'up to'} ${bound.value}`,
            field,
            `AGG(${statistic}) ${comparison}${bound.exclusive ? '' : '='} :val`,
            bound.value,
          ),
        ]
      : [];
  return [...rule(step.minimum, 'MIN', '>'), ...rule(step.maximum, 'MAX', '<')];
}

function lengthRule(name: string, field: string, step: StepOf<'length'>): DataBrewRulesetRule {
  const { minimum, maximum } = step;
  const title = `${name} has its length`;
  const [least, most] = [String(minimum), String(maximum)];
  if (maximum === undefined) return rowRule(title, field, 'length(:col) >= :val', { ':val': least });
  if (minimum === undefined) return rowRule(title, field, 'length(:col) <= :val', { ':val': most });
  return rowRule(title, field, 'length(:col) IS_BETWEEN :val1 and :val2', { ':val1': least, ':val2': most });
}
