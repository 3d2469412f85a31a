import type { GridLayoutElement, SheetDefinition } from '@aws-sdk/client-quicksight';
import type { AssetProblem } from './asset-problem.ts';
import type { CheckedDefinition } from './checked-definition.ts';

/** The columns of a grid (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_GridLayoutElement.html). */
const gridColumns = 36;

/** Every sheet has one layout, which places each of its elements once, inside the grid and beside the others. */
export function layoutProblems({ asset, definition }: CheckedDefinition): AssetProblem[] {
  return (definition.Sheets ?? []).flatMap((sheet) => {
    const where = `${asset}, sheet ${sheet.SheetId}`;
    const elements = elementsOf(sheet);
    const layouts = sheet.Layouts ?? [];
    const grid = layouts[0]?.Configuration?.GridLayout?.Elements;
    if (layouts.length !== 1 || !grid)
      return [
        {
          rule: 'one-layout',
          where,
          problem: `has ${layouts.length} layouts${layouts.length === 1 ? ', which is no grid' : ''}`,
          fix: 'Give it one layout, a grid',
        },
      ];
    return [
      ...grid.flatMap((element) => elementProblems(where, element, elements)),
      ...(sheet.SheetControlLayouts ?? [])
        .flatMap(({ Configuration }) => Configuration?.GridLayout?.Elements ?? [])
        .flatMap((element) => elementProblems(where, element, elements)),
      ...placeProblems(where, grid, elements),
      ...overlaps(where, grid),
    ];
  });
}

/** What a sheet has, by id, with the word that a layout has for it. */
function elementsOf(sheet: SheetDefinition): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const visual of sheet.Visuals ?? [])
    for (const one of Object.values(visual)) found.set(String(one?.VisualId), 'VISUAL');
  for (const { SheetTextBoxId = '' } of sheet.TextBoxes ?? []) found.set(SheetTextBoxId, 'TEXT_BOX');
  for (const { SheetImageId = '' } of sheet.Images ?? []) found.set(SheetImageId, 'IMAGE');
  for (const control of sheet.ParameterControls ?? [])
    for (const one of Object.values(control)) found.set(String(one?.ParameterControlId), 'PARAMETER_CONTROL');
  for (const control of sheet.FilterControls ?? [])
    for (const one of Object.values(control)) found.set(String(one?.FilterControlId), 'FILTER_CONTROL');
  return found;
}

function elementProblems(
  where: string,
  { ElementId = '', ElementType, ColumnIndex = 0, ColumnSpan = 0 }: GridLayoutElement,
  elements: ReadonlyMap<string, string>,
): AssetProblem[] {
  const type = elements.get(ElementId);
  const problem =
    type === undefined
      ? `places ${ElementId}, which the sheet does not have`
      : type !== ElementType
        ? `places ${ElementId} as ${ElementType}, and it is a ${type}`
        : ColumnIndex + ColumnSpan > gridColumns
          ? `places ${ElementId} beyond the ${gridColumns} columns of the grid`
          : undefined;
  const fix = type === undefined ? `It has: ${[...elements.keys()].join(', ')}` : 'Correct the element';
  return problem === undefined ? [] : [{ rule: 'layouts-name-elements', where, problem, fix }];
}

/** Controls may also be in a layout of their own, above the sheet. */
function placeProblems(
  where: string,
  grid: readonly GridLayoutElement[],
  elements: ReadonlyMap<string, string>,
): AssetProblem[] {
  return [...elements].flatMap(([id, type]) => {
    const places = grid.filter(({ ElementId }) => ElementId === id).length;
    if (places === 1 || (places === 0 && type.endsWith('_CONTROL'))) return [];
    const problem = places === 0 ? `does not place ${id}` : `places ${id} ${places} times`;
    return [{ rule: 'elements-placed', where, problem, fix: 'Place every visual and text box once' }];
  });
}

function overlaps(where: string, grid: readonly GridLayoutElement[]): AssetProblem[] {
  const placed = grid.filter(
    ({ RowIndex, ColumnIndex }) => RowIndex !== undefined && ColumnIndex !== undefined,
  );
  return placed.flatMap((one, index) =>
    placed
      .slice(index + 1)
      .filter((other) => meet(one, other))
      .map((other) => ({
        rule: 'elements-apart',
        where,
        problem: `places ${one.ElementId} over ${other.ElementId}`,
        fix: 'Move one of them',
      })),
  );
}

const meet = (one: GridLayoutElement, other: GridLayoutElement): boolean =>
  cross(one.ColumnIndex, one.ColumnSpan, other.ColumnIndex, other.ColumnSpan) &&
  cross(one.RowIndex, one.RowSpan, other.RowIndex, other.RowSpan);

const cross = (from = 0, length = 0, otherFrom = 0, otherLength = 0): boolean =>
  from < otherFrom + otherLength && otherFrom < from + length;
