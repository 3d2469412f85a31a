import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { subjectProblem } from './commit-subject.ts';
import { repositoryRoot } from './repository-files.ts';

const git = (...args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

/**
 * The subjects of the branch's own commits, newest first. None on main, whose history cannot be mended, and none where the
 * clone has no main to compare with or is too shallow.
 */
function ownSubjects(): readonly string[] {
  const target = process.env['GITHUB_BASE_REF'];
  const base = target ? `origin/${target}` : 'main';
  if (git('rev-parse', '--is-shallow-repository') !== 'false') return [];
  if (!target && git('branch', '--show-current') === 'main') return [];
  return git('log', '--format=%s', `${base}..HEAD`)?.split('\n').filter(Boolean) ?? [];
}

describe('the subject of a commit', () => {
  it('is right in every commit of this branch that main does not have', () => {
    const problems = ownSubjects().flatMap((subject) => {
      const problem = subjectProblem(subject);
      return problem === undefined ? [] : [`${subject}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });

  it.each([
    'etl: name the file that a run skips',
    'core, local-aws: read a price per unit',
    'docs: say how a release is made',
    'Merge branch "main" into habits',
  ])('may be: %s', (subject) => {
    expect(subjectProblem(subject)).toBeUndefined();
  });

  it.each([
    ['wip', 'it must begin with a package or an area'],
    ['Fix the loader', 'it must begin with a package or an area'],
    ['etl:', 'it must begin with a package or an area'],
    ['loader: fix it', 'unknown: loader; one of '],
    [`etl: ${'x'.repeat(68)}`, '73 characters; the maximum is 72'],
  ])('may not be: %s', (subject, problem) => {
    expect(subjectProblem(subject)).toContain(problem);
  });
});
