import type { DefinitionProblem } from '../errors/definition-problem.ts';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { fixedOffset } from './fixed-offset.ts';
import { similarZone } from './similar-zone.ts';

/** `Area/Place`, as IANA spells it. Abbreviations are not accepted: `EST` has no summer time, and `CST` is three zones. */
const placeName = /^[A-Z][A-Za-z]+(\/[A-Z][A-Za-z]*([_-][A-Za-z]+)*)+$/;

/**
 * The problem of a zone's name. Accepted are `UTC`, an offset (`+08:00`), and an IANA name of the form `Area/Place`, spelled
 * as IANA does. `Etc/GMT+8` is refused, since it means 8 hours west of Greenwich.
 *
 * @returns undefined for an accepted name
 * @example zoneProblem('Europe/Londn') // { problem: '"Europe/Londn" is not a time zone', fix: 'Did you mean Europe/London? ...' }
 */
export function zoneProblem(zone: unknown): DefinitionProblem | undefined {
  // The types reject another kind of value. Plain JavaScript is checked here.
  const name = typeof zone === 'string' ? zone : String(zone);
  if (typeof zone === 'string' && (fixedOffset(name) !== undefined || isPlace(name))) return undefined;
  const similar = similarZone(name);
  return {
    problem: `"${name}" is not a time zone`,
    fix: `${similar ? `Did you mean ${similar}? ` : ''}Use an IANA name such as Europe/London, UTC, or an offset such as +08:00`,
  };
}

/**
 * Rejects the name of a zone in a definition.
 *
 * @param place the table, and the column if the zone is a column's
 * @throws HeadwaterError `DEFINITION_INVALID` with the most similar name of a zone
 */
export function assertZone(zone: string, place: { readonly table: string; readonly column?: string }): void {
  const found = zoneProblem(zone);
  if (found) throw new HeadwaterError('DEFINITION_INVALID', { ...place, ...found });
}

/** The zones that `Intl` lists, by their names in lower case. Made when first asked for: each query in a zone asks. */
let listedZones: ReadonlyMap<string, string> | undefined;

function isPlace(name: string): boolean {
  if (!placeName.test(name) || name.startsWith('Etc/')) return false;
  listedZones ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]));
  // `Intl` ignores case. A name that it lists has to be spelled as it is listed.
  const listed = listedZones.get(name.toLowerCase());
  if (listed !== undefined) return listed === name;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
  } catch {
    return false;
  }
  return true;
}
