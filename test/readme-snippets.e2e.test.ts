// What the documents show is compiled strictly, and run where one machine is enough.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks, namedBlocks, programOf } from './code-blocks.ts';
import { repositoryFiles, repositoryRoot as root } from './repository-files.ts';
import { runProgram } from './run-program.ts';

const launcher = join(root, 'packages', 'cli', 'bin', 'headwater.js');

/** What the documents leave to the reader, by document. */
const left: Readonly<Record<string, string>> = {
  'packages/queries/README.md': `
declare const target: { region: string; database: string; workgroup: string; results: string; location: string };
declare const log: (...parts: unknown[]) => void;
declare const from: string;
declare const to: string;
`,
  'packages/etl/README.md':
    "import { awsTarget } from '@headwater/core';\ndeclare const target: ReturnType<typeof awsTarget>;\n",
  'packages/stream/README.md': 'declare const reserve: (product: bigint, key: string) => Promise<void>;\n',
  'packages/simulator/README.md': 'declare const send: (event: object) => void;\n',
};
/** Fragments of other programs: a project's config, a test under the stand-in; and a program that is a file of its own, which a test compares. */
const fragments = new Set([
  'packages/local-aws/README.md',
  'packages/infra/README.md',
  'examples/kpi-service/README.md',
]);

const documents = repositoryFiles()
  .filter((file) => /(^|\/)README\.md$/.test(file) && !fragments.has(file))
  .map((file) => ({ file, markdown: readFileSync(join(root, file), 'utf8') }))
  .filter(({ markdown }) => codeBlocks(markdown, 'ts').length > 0);

// Inside the command's package, from where every package of the workspace resolves.
const folder = mkdtempSync(join(root, 'packages', 'cli', '.snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programName = (file: string): string => `${file.replaceAll(/[^a-zA-Z]+/g, '-')}.ts`;

async function succeed(program: string, args: readonly string[]): Promise<string> {
  const { status, output } = await runProgram(folder, program, args);
  expect(status, `${program} ${args.join(' ')}\n${output}`).toBe(0);
  return output;
}
const node = (...args: readonly string[]) =>
  succeed(process.execPath, ['--conditions=@headwater/source', ...args]);

beforeAll(() => {
  const template = join(root, 'packages', 'cli', 'src', 'template', 'clickstream.ts');
  cpSync(template, join(folder, 'clickstream.ts'));
  writeFileSync(
    join(folder, 'headwater.config.ts'),
    "export { default } from '../../../headwater.config.ts';\n",
  );
  for (const { markdown } of documents)
    for (const { file, text } of namedBlocks(markdown)) writeFileSync(join(folder, file), text);
  for (const { file, markdown } of documents)
    writeFileSync(join(folder, programName(file)), programOf(codeBlocks(markdown, 'ts'), left[file]));
});

it('every TypeScript block compiles strictly', async () => {
  const options = {
    noEmit: true,
    composite: false,
    // A reader declares more than a snippet uses.
    noUnusedLocals: false,
    noUnusedParameters: false,
    customConditions: ['@headwater/source'],
    types: ['node'],
    paths: { '@headwater/*': ['../../*/src/index.ts'] },
  };
  const config = { extends: '../../../tsconfig.base.json', compilerOptions: options, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await succeed(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.json']);
});

describe('README.md', () => {
  const { markdown = '' } = documents.find(({ file }) => file === 'README.md') ?? {};
  const own = 'npm run -s headwater -- ';
  // What is deployed runs on the stand-in: packages/cli/test/deploy-readme.engine.test.ts.
  const [here = ''] = markdown.split('\n### Deploy it\n');
  const lines = codeBlocks(here, 'sh')
    .flatMap((block) => block.split('\n'))
    // What publishes, or looks at what was published, needs an account, and says so.
    .filter((line) => line.startsWith(own) && !/ schema (publish|rollback|drift) /.test(line))
    // A page is served until somebody stops it; a report ends.
    .filter((line) => !line.includes(' dashboard ') || line.includes(' --out '))
    // Behind # is a comment, as the shell has it.
    .map((line) => line.slice(own.length).replace(/\s+# .*$/, ''));

  it('shows no command that a clone lacks, which npx would take from a stranger', () => {
    expect(markdown).not.toMatch(/\bnpx (?!@headwater\/|changeset)/);
  });

  it('shows command lines that work, in their order', async () => {
    expect(lines.length).toBeGreaterThan(5);
    const printed: string[] = [];
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
      const output = await node(launcher, ...words);
      expect(output, line).not.toBe('');
      printed.push(output);
    }
    for (const text of codeBlocks(markdown, 'text'))
      for (const shown of text.trim().split('\n'))
        expect(printed.join('\n').replaceAll(/ +/g, ' '), shown).toContain(shown.replaceAll(/ +/g, ' '));
  });

  it('shows a program that runs on the lake which those made', async () => {
    await node(programName('README.md'));
  });
});

it("the packages' programs that need no other machine run", async () => {
  mkdirSync(join(folder, 'raw'));
  await node(launcher, 'simulate', '--events', '1000', '--out', join('raw', 'events.csv.gz'));
  await node(programName('packages/core/README.md'));
  // What comes after the load publishes to AWS.
  const { markdown = '' } = documents.find(({ file }) => file === 'packages/etl/README.md') ?? {};
  writeFileSync(join(folder, 'load.ts'), programOf(codeBlocks(markdown, 'ts').slice(0, 1)));
  await node('load.ts');
});
