import type { CheckedDefinition } from '../check/checked-definition.ts';
import { type DefinitionNode, isMembers, textAt, whereIs } from '../check/visit-definition.ts';
import { apiPage, type Finding, guidePage, type LintRule } from './lint-rule.ts';

/** Findings at the nodes for which a function says what is there. */
const atNodes = (
  { asset, nodes }: CheckedDefinition,
  problemOf: (node: DefinitionNode) => string | undefined,
): Finding[] =>
  nodes.flatMap((node) => {
    const problem = problemOf(node);
    return problem === undefined ? [] : [{ where: whereIs(asset, node), problem }];
  });

/** What the options of a KPI need, once there are any: they replace the defaults as a whole. */
const kpiOptions = ['Comparison', 'PrimaryValueDisplayType', 'SecondaryValue', 'TrendArrows'] as const;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) ? value.length === 0 : isMembers(value) && Object.values(value).every(isEmpty));

/** Rules about visuals. */
export const visualRules: readonly LintRule[] = [
  {
    rule: 'kpi-options-whole',
    reason:
      'Options of a KPI replace its defaults as a whole: with some of them alone, the figure or its comparison stays blank',
    fix: `Leave KPIOptions out, or give all of ${kpiOptions.join(', ')}, the comparison with its method`,
    source: apiPage('KPIOptions'),
    find: (checked) =>
      atNodes(checked, ({ member, value }) => {
        if (member !== 'KPIOptions') return undefined;
        const missing = kpiOptions.filter((name) => isEmpty(value[name]));
        const comparison = value['Comparison'];
        const hasMethod = isMembers(comparison) && textAt(comparison, 'ComparisonMethod') !== undefined;
        if (missing.length === 0 && hasMethod) return undefined;
        return `has KPIOptions without ${[...missing, ...(hasMethod ? [] : ['ComparisonMethod'])].join(', ')}`;
      }),
  },
  {
    rule: 'no-date-in-category',
    reason: 'A date in a categorical field is accepted, and its visual shows no data',
    fix: 'Use a DateDimensionField with its DateGranularity',
    source: apiPage('DateDimensionField'),
    find: (checked) =>
      atNodes(checked, ({ member, value }) => {
        const column = value['Column'];
        if (member !== 'CategoricalDimensionField' || !isMembers(column)) return undefined;
        const name = textAt(column, 'ColumnName') ?? '';
        const kind = checked.columns.get(textAt(column, 'DataSetIdentifier') ?? '')?.get(name);
        return kind === 'date' ? `has the date ${name} in a CategoricalDimensionField` : undefined;
      }),
  },
  {
    rule: 'axis-label-applies',
    reason: 'A label of an axis belongs to a field: without ApplyTo it is kept, and not shown',
    fix: 'Give ApplyTo with the FieldId and the Column of the field',
    source: apiPage('AxisLabelOptions'),
    find: (checked) =>
      atNodes(checked, ({ value, path }) => {
        const isLabel = path.includes('AxisLabelOptions') && textAt(value, 'CustomLabel') !== undefined;
        return isLabel && isEmpty(value['ApplyTo'])
          ? `has the axis label "${textAt(value, 'CustomLabel')}" without ApplyTo`
          : undefined;
      }),
  },
  {
    rule: 'wells-filled',
    reason: 'A visual without a field shows a hint to its author, and nothing to readers',
    fix: 'Give it values, or leave the visual out',
    source: guidePage('creating-a-visual'),
    find: (checked) =>
      atNodes(checked, ({ member, value }) =>
        member === 'ChartConfiguration' && isEmpty(value['FieldWells']) ? 'has no fields' : undefined,
      ),
  },
  {
    rule: 'dates-have-grain',
    reason: 'A date without a granularity is grouped by day, whatever the values of the data set are',
    fix: 'Give the DateDimensionField its DateGranularity',
    source: apiPage('DateDimensionField'),
    find: (checked) =>
      atNodes(checked, ({ member, value }) =>
        member === 'DateDimensionField' && textAt(value, 'DateGranularity') === undefined
          ? `has the field ${textAt(value, 'FieldId')} without DateGranularity`
          : undefined,
      ),
  },
  {
    rule: 'titles-have-roots',
    reason: 'Rich text is XML with a root of its own; a title without it stays blank',
    fix: 'Write <visual-title>...</visual-title>, or <visual-subtitle>...</visual-subtitle>',
    source: 'https://github.com/hashicorp/terraform-provider-aws/issues/33776',
    find: (checked) =>
      atNodes(checked, ({ value, path }) => {
        const part = path.includes('Title')
          ? 'visual-title'
          : path.includes('Subtitle')
            ? 'visual-subtitle'
            : '';
        const text = textAt(value, 'RichText');
        if (text === undefined || part === '') return undefined;
        return text.startsWith(`<${part}>`) && text.endsWith(`</${part}>`)
          ? undefined
          : `has a rich text that is not within <${part}>`;
      }),
  },
];
