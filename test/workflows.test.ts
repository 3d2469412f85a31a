import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, repositoryRoot } from './repository-files.ts';

const workflows = repositoryFiles('.github/workflows');

// https://docs.github.com/en/actions/reference/security/secure-use
describe.each(workflows)('%s', (workflow) => {
  const text = readFileSync(join(repositoryRoot, workflow), 'utf8');

  it('starts from no permissions and adds only reading', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const granted = [...text.matchAll(/^\s+(\S+): (write|write-all|read-all|admin)$/gm)].map(
      ([line]) => line,
    );
    expect(granted).toEqual([]);
  });

  it('names every action by the full hash of a commit, and says which version that is', () => {
    const uses = [...text.matchAll(/\buses:.*$/gm)].map(([line]) => line);
    expect(uses).not.toEqual([]);
    expect(
      uses.filter((line) => !/^uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+[.\d]*$/.test(line)),
    ).toEqual([]);
  });

  it('leaves no credentials behind for the steps that run our code', () => {
    const checkouts = text.match(/uses: actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it('takes no text from outside into a shell', () => {
    expect(text).not.toMatch(/pull_request_target|\$\{\{\s*github\.(event|head_ref)/);
  });
});
