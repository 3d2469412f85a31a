import type { AnalysisDefinition } from '@aws-sdk/client-quicksight';

/** A structure of a definition, with its place. */
export interface DefinitionNode {
  readonly value: Readonly<Record<string, unknown>>;
  /** The member that holds it, or that holds the list that it is in: `CategoricalDimensionField`. */
  readonly member: string;
  /** The names and positions on the way to it. */
  readonly path: readonly string[];
  readonly sheet: string | undefined;
  readonly visual: string | undefined;
}

/** Every structure of a definition, outer ones first. */
export function definitionNodes(definition: AnalysisDefinition): readonly DefinitionNode[] {
  const nodes: DefinitionNode[] = [];
  visit(nodes, definition, { member: 'Definition', path: [], sheet: undefined, visual: undefined });
  return nodes;
}

function visit(nodes: DefinitionNode[], value: unknown, place: Omit<DefinitionNode, 'value'>): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      visit(nodes, item, { ...place, path: [...place.path, String(index)] });
    return;
  }
  if (!isMembers(value)) return;
  // A sheet has its id as a member; scopes of filters name one as well, outside of sheets.
  const sheet = place.path[0] === 'Sheets' ? (textAt(value, 'SheetId') ?? place.sheet) : undefined;
  const isVisual = place.path[2] === 'Visuals' && place.path.length === 5;
  const visual = isVisual ? textAt(value, 'VisualId') : place.visual;
  nodes.push({ ...place, value, sheet, visual });
  for (const [member, inner] of Object.entries(value))
    visit(nodes, inner, { member, path: [...place.path, member], sheet, visual });
}

/** Whether a value is a structure: an object that is neither a list nor a date. */
export const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** A member that is a text. */
export const textAt = (value: Readonly<Record<string, unknown>>, member: string): string | undefined => {
  const found = value[member];
  return typeof found === 'string' ? found : undefined;
};

/** The place of a node in words, after the asset's: `analysis shop, sheet traffic, visual visitors`. */
export const whereIs = (asset: string, { sheet, visual }: Pick<DefinitionNode, 'sheet' | 'visual'>): string =>
  [asset, sheet && `sheet ${sheet}`, visual && `visual ${visual}`].filter(Boolean).join(', ');
