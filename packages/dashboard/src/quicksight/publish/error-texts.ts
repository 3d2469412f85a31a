import type { AnalysisDefinition } from '@aws-sdk/client-quicksight';
import { definitionNodes, whereIs } from '../check/visit-definition.ts';

/** An error of a definition, as descriptions have it. */
interface DefinitionError {
  readonly Type?: string | undefined;
  readonly Message?: string | undefined;
  readonly ViolatedEntities?: readonly { readonly Path?: string | undefined }[] | undefined;
}

/**
 * Errors of a definition in words, by sheet and visual where their paths name one, by its id or by its position.
 *
 * @param definition the one that was sent
 * @example errorTexts(errors, definition) // ['COLUMN_TYPE_MISMATCH at sheet overview, visual brands: ...']
 */
export const errorTexts = (
  errors: readonly DefinitionError[] = [],
  definition?: AnalysisDefinition,
): string[] =>
  errors.map(({ Type = 'ERROR', Message = '', ViolatedEntities = [] }) => {
    const places = ViolatedEntities.flatMap(({ Path }) =>
      Path === undefined ? [] : [placeOf(Path, definition)],
    );
    return `${Type}${places.length === 0 ? '' : ` at ${places.join(' and ')}`}: ${Message}`;
  });

/** The sheet and the visual of a path, or the path as it is. */
function placeOf(path: string, definition: AnalysisDefinition | undefined): string {
  const words = path.split(/[/.[\]]+/);
  const at = (list: string): number =>
    Number(words[words.findIndex((word) => word.toLowerCase() === list) + 1]);
  const visuals = (definition ? definitionNodes(definition) : []).filter(
    (node) => node.visual !== undefined && node.path.length === 5 && node.path[2] === 'Visuals',
  );
  const found =
    visuals.find(({ visual }) => words.includes(visual ?? '')) ??
    visuals.find((node) => Number(node.path[1]) === at('sheets') && Number(node.path[3]) === at('visuals'));
  return found ? whereIs('', found).replace(/^, /, '') : path;
}
