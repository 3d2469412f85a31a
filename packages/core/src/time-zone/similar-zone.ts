import { fixedOffset } from './fixed-offset.ts';

/** Names that people type for a zone which is called otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  z: 'UTC',
  gmt: 'UTC',
  utc: 'UTC',
  'etc/utc': 'UTC',
  'etc/gmt': 'UTC',
};

/**
 * The zone whose name differs in the fewest letters, if these are few. A place alone finds its zone. Undefined when no name
 * is similar.
 *
 * @example similarZone('London') // 'Europe/London'
 * @example similarZone('europe/londn') // 'Europe/London'
 * @example similarZone('GMT+8') // '+08:00'
 */
export function similarZone(given: string): string | undefined {
  // No name of a zone is near as long, and comparing a long text with all of them takes long.
  if (given.length > 64) return undefined;
  const name = given.trim().toLowerCase().replaceAll(' ', '_');
  if (Object.hasOwn(otherNames, name)) return otherNames[name];
  const [, west, sign = '', hours = '', minutes = '00'] =
    /^(?:(etc\/gmt)|utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(name) ?? [];
  // The names Etc/GMT+8 count west of Greenwich, unlike every other notation.
  if (sign) {
    const offset = `${west ? (sign === '+' ? '-' : '+') : sign}${hours.padStart(2, '0')}:${minutes}`;
    return fixedOffset(offset) === undefined ? undefined : offset;
  }
  const ranked = Intl.supportedValuesOf('timeZone')
    .map((zone) => {
      const candidate = zone.toLowerCase();
      const place = candidate.slice(candidate.lastIndexOf('/') + 1);
      return { zone, letters: Math.min(differingLetters(name, candidate), differingLetters(name, place)) };
    })
    .sort((a, b) => a.letters - b.letters);
  const [best] = ranked;
  return best && best.letters <= Math.min(3, Math.floor(name.length / 3)) ? best.zone : undefined;
}

/** The number of letters to insert, remove or replace (Levenshtein's distance). */
function differingLetters(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 0; at < left.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < right.length; to += 1) {
      const replaced = (row[to] ?? 0) + Number(left[at] !== right[to]);
      next.push(Math.min(replaced, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
