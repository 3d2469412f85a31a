import type { SheetDefinition } from '@aws-sdk/client-quicksight';
import { whereIs } from '../check/visit-definition.ts';
import { apiPage, type Finding, type LintRule } from './lint-rule.ts';

/** Rules about sheets, their text boxes, and what filters their visuals. */
export const sheetRules: readonly LintRule[] = [
  {
    rule: 'sheet-names-readable',
    reason: 'The tab of a sheet with a name of one character is shown without a name',
    fix: 'Give the sheet a name of two characters or more',
    source: apiPage('SheetDefinition'),
    find: ({ asset, definition }) =>
      (definition.Sheets ?? [])
        .filter(({ Name = '' }) => [...Name.trim()].length < 2)
        .map(({ SheetId, Name }) => ({
          where: `${asset}, sheet ${SheetId}`,
          problem: Name === undefined ? 'has no name' : `has the name "${Name}"`,
        })),
  },
  {
    rule: 'no-break-in-list',
    reason: 'A line break in an item of a list ends the text box: the rest of it is not shown',
    fix: 'Write a list item for each line',
    source: apiPage('SheetTextBox'),
    find: ({ asset, definition }) =>
      textBoxes(asset, definition.Sheets ?? [], (content) =>
        /<li\b[^>]*>(?:(?!<\/li>)[\s\S])*<br\s*\/?>/.test(content)
          ? 'has <br> within a list item'
          : undefined,
      ),
  },
  {
    rule: 'scopes-filled',
    reason:
      'A filter of selected visuals that selects none filters nothing, and the figures are those of all rows',
    fix: 'Name the visuals, or use ALL_VISUALS',
    source: apiPage('SheetVisualScopingConfiguration'),
    find: ({ asset, nodes }) =>
      nodes.flatMap(({ value, path }) =>
        value['Scope'] === 'SELECTED_VISUALS' && [value['VisualIds'] ?? []].flat().length === 0
          ? [
              {
                where: `${asset}, filter group ${path[1]}`,
                problem: 'is of selected visuals, and selects none',
              },
            ]
          : [],
      ),
  },
];

const textBoxes = (
  asset: string,
  sheets: readonly SheetDefinition[],
  problemOf: (content: string) => string | undefined,
): Finding[] =>
  sheets.flatMap(({ SheetId, TextBoxes = [] }) =>
    TextBoxes.flatMap(({ SheetTextBoxId, Content = '' }) => {
      const problem = problemOf(Content);
      const where = `${whereIs(asset, { sheet: SheetId, visual: undefined })}, text box ${SheetTextBoxId}`;
      return problem === undefined ? [] : [{ where, problem }];
    }),
  );
