import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository-files.ts';

/** The longest subject that git's own lists and GitHub show whole. */
const maximumLength = 72;

/** What a subject may begin with besides a package's name. */
const otherAreas = ['bench', 'ci', 'deps', 'docs', 'examples', 'release', 'scripts', 'test'];
const areas = new Set([...readdirSync(join(repositoryRoot, 'packages')), ...otherAreas]);

/**
 * What is wrong with the subject of a commit; undefined for a good one.
 *
 * @example subjectProblem('etl, cli: name the file that a run skips') // undefined
 */
export function subjectProblem(subject: string): string | undefined {
  // Written by git and GitHub.
  if (/^(Merge|Revert) /.test(subject)) return undefined;
  if (subject.length > maximumLength) return `${subject.length} characters; the maximum is ${maximumLength}`;
  const [, named] = /^([\w-]+(?:, [\w-]+)*): \S/.exec(subject) ?? [];
  if (named === undefined)
    return 'it must begin with a package or an area, as in "etl: name the file that a run skips"';
  const unknown = named.split(', ').filter((area) => !areas.has(area));
  return unknown.length === 0 ? undefined : `unknown: ${unknown.join(', ')}; one of ${[...areas].join(', ')}`;
}
