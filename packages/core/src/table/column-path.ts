import { HeadwaterError } from '../errors/headwater-error.ts';
import { type DataType, isIntegerKind } from './data-type.ts';
import { isElementStep, memberPath, type PathStep, parsePath, pathText } from './nested-path.ts';

/** A column with a path, and the list of its table whose elements become rows. */
export interface PathContext {
  readonly table: string;
  readonly column: string;
  readonly type: DataType;
  readonly explode: readonly string[] | undefined;
}

/**
 * Reads the path of a column, and checks it against the list that its table explodes.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`, naming the column
 */
export function columnPath(path: string, { table, column, type, explode }: PathContext): readonly PathStep[] {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  // The types reject this. A definition in plain JavaScript is checked here.
  if (typeof path !== 'string') return fail('its path is not a text', "Set a path: path: 'properties.total'");
  const steps = parsePath(path);
  if ('problem' in steps) return fail(steps.problem, steps.fix);
  const [at = -1, ...others] = steps.flatMap((step, index) => (isElementStep(step) ? [index] : []));
  if (at === -1) return steps;
  const list = pathText(steps.slice(0, at));
  if (others.length > 0)
    fail(
      `the path "${path}" goes through the elements of two lists`,
      'A row is of one element of one list: select in the other list by [0] or [name=text]',
    );
  if (explode === undefined)
    return fail(
      `the path "${path}" reads every element of a list, and a row has one value`,
      `Set explode: '${list}' on the table for a row per element, or select one by [0] or [name=text]`,
    );
  const exploded = memberPath(explode);
  if (list !== exploded)
    fail(
      `the path "${path}" reads the elements of ${list}, and explode names ${exploded}`,
      'A table has a row for each element of one list: read the other by [0] or [name=text]',
    );
  if (steps[at]?.step !== 'number') return steps;
  if (at !== steps.length - 1)
    fail(`the path "${path}" goes on after [#]`, 'End it there: [#] is the number of the element');
  if (!isIntegerKind(type.kind)) fail(`the path "${path}" gives a whole number`, 'Make the column z.int32()');
  return steps;
}

/** Rejects a list whose elements no column reads: every record would be so many equal rows. */
export function assertExploded(
  table: string,
  explode: readonly string[] | undefined,
  columns: readonly { readonly path?: readonly PathStep[] }[],
): void {
  if (explode === undefined || columns.some(({ path }) => path?.some(isElementStep))) return;
  const list = memberPath(explode);
  throw new HeadwaterError('DEFINITION_INVALID', {
    table,
    problem: `explode names ${list}, and no column reads its elements`,
    fix: `Give a column a path such as '${list}[].price', or remove explode`,
  });
}
