import { HeadwaterError } from '../errors/headwater-error.ts';
import { parsePath } from './nested-path.ts';

/**
 * Reads the path of the list whose elements become rows: names of members only, so that a record has one such list.
 *
 * @throws HeadwaterError `DEFINITION_INVALID`
 * @example explodePath('events', 'properties.products') // ['properties', 'products']
 */
export function explodePath(table: string, text: string): readonly string[] {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, problem: `explode: ${problem}`, fix });
  };
  // The types reject this. A definition in plain JavaScript is checked here.
  if (typeof text !== 'string') return fail('it is not a text', "Set the path of a list: explode: 'items'");
  const steps = parsePath(text);
  if ('problem' in steps) return fail(steps.problem, steps.fix);
  return steps.map((step) =>
    step.step === 'member'
      ? step.name
      : fail(
          `the path "${text}" has a selector`,
          "Name the list by members only, such as 'properties.products'",
        ),
  );
}
