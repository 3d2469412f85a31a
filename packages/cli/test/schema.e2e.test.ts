import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { snapshotText } from '@headwater/core/internal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-schema-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workspace = join(import.meta.dirname, '..', '..', '..');
const roles = { time: 'at', action: 'kind', actor: 'user' } as const;
const actions = { view: 'view' };
const published = defineEvents('events', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'cart']),
    user: z.string(),
    brand: z.string().optional(),
  },
  roles,
  actions,
}).schema;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const run = (...args: readonly string[]) => runCli(['schema', ...args], { cwd: folder });
const json = async (...args: readonly string[]) => JSON.parse((await run(...args, '--json')).stdout);

/** The project's definition, with other columns after the first three. */
const define = (columns: string, kinds: readonly string[] = ['view', 'cart']): void =>
  write(
    'events.ts',
    `import { defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';
export const events = defineEvents('events', {
  columns: { at: timestamp(), kind: z.enum(${JSON.stringify(kinds)}), user: z.string(), ${columns} },
  roles: { time: 'at', action: 'kind', actor: 'user' },
});
`,
  );

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules/@headwater'), { recursive: true });
  symlinkSync(join(workspace, 'packages/core'), join(folder, 'node_modules/@headwater/core'));
  for (const name of ['zod', 'typescript'])
    symlinkSync(join(workspace, 'node_modules', name), join(folder, 'node_modules', name));
  write('package.json', '{ "type": "module" }');
  write(
    'tsconfig.json',
    JSON.stringify({ extends: join(workspace, 'tsconfig.base.json'), compilerOptions: { types: [] } }),
  );
  write(
    'headwater.config.ts',
    "import { events } from './events.ts';\nexport default { tables: [events], queries: ['queries/*.ts'] };\n",
  );
  write(
    'queries/brands.ts',
    `import type { InferRow } from '@headwater/core';
import type { events } from '../events.ts';
export const brandOf = (row: InferRow<typeof events>): string | null => row.brand;
`,
  );
  write(
    'schema/events/1.json',
    snapshotText({ layout: 1, table: 'events', number: 1, version: '1.0.0', schema: published }),
  );
});

describe('schema diff and check', () => {
  it('find nothing where nothing changed', async () => {
    define('brand: z.string().optional()');
    expect(await run('check')).toEqual({ code: 0, stdout: 'events 1.0.0: no changes.\n', stderr: '' });
  });

  it('pass an optional column, as a minor version', async () => {
    define('brand: z.string().optional(), note: z.string().optional()');
    const { code, stdout } = await run('check');
    expect(code).toBe(0);
    expect(stdout).toContain('events 1.0.0 to 1.1.0 (minor): 1 change');
    expect(stdout).not.toContain('\u001b[');
    expect(await json('diff')).toMatchObject({
      version: '1.1.0',
      verdict: 'compatible',
      destructive: false,
      changes: [
        { id: 'add-column:note', destructive: false, verdicts: { trino: { verdict: 'compatible' } } },
      ],
    });
  });

  it('name the registered query that no longer compiles, and the line', async () => {
    define("label: z.string().register(lake, { renamedFrom: 'brand' }).optional()");
    const { code, stdout } = await run('check');
    expect(code).toBe(1);
    expect(stdout).toMatch(/queries\/brands\.ts:3:\d+ TS2339 Property 'brand' does not exist/);
    const diff = await json('diff');
    expect(diff.queries).toMatchObject({
      status: 'checked',
      files: 1,
      errors: [{ file: 'queries/brands.ts', line: 3 }],
    });
    expect(diff.changes[0].verdicts.queries).toMatchObject({ verdict: 'incompatible', basis: 'tested' });
  });

  it('tell what did not fit where TypeScript only says that no overload matches', async () => {
    define('label: z.string().optional()');
    write(
      'queries/overloads.ts',
      `import type { InferRow } from '@headwater/core';
import type { events } from '../events.ts';
type Name = keyof InferRow<typeof events>;
declare function pick(names: readonly Name[]): void;
declare function pick(name: Name): void;
pick('brand');
`,
    );
    const { stdout } = await run('check');
    rmSync(join(folder, 'queries/overloads.ts'));
    expect(stdout).toMatch(
      /overloads\.ts:6:\d+ TS2769 No overload matches this call\. Argument of type '"brand"'/,
    );
    expect(stdout).toContain(
      "brand: was removed; if it was renamed to label, declare renamedFrom: 'brand' there",
    );
  });

  it('pass a change that is allowed by its id, and no other', async () => {
    define('note: z.int64()');
    expect((await run('check', '--allow', 'drop-column:brand')).code).toBe(1);
    expect((await run('check', '--allow', 'drop-column:brand', '--allow', 'add-column:note')).code).toBe(0);
  });

  it('cannot tell where registered queries cannot be type-checked', async () => {
    rmSync(join(folder, 'node_modules/typescript'));
    try {
      define('brand: z.string().optional()', ['view', 'cart', 'refund']);
      const { code, stdout } = await run('check');
      expect(code).toBe(2);
      expect(stdout).toContain('TypeScript is not installed');
    } finally {
      symlinkSync(join(workspace, 'node_modules/typescript'), join(folder, 'node_modules/typescript'));
    }
  });
});

describe('schema save', () => {
  const saved = (...args: readonly string[]) =>
    runCli(['schema', ...args, '--config', 'saved.config.ts'], { cwd: folder });

  beforeAll(() =>
    write(
      'saved.config.ts',
      "import { events } from './events.ts';\nexport default { tables: [events], schemas: './saved' };\n",
    ),
  );

  it('gives diff, check and history a version to compare with, without AWS', async () => {
    define('brand: z.string().optional()');
    expect(await saved('check')).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(
        'Undecided: there is no version to compare with. headwater schema save',
      ),
    });
    const { code, stdout } = await saved('save');
    expect(code).toBe(0);
    expect(stdout).toContain('saved version 1.0.0. Commit saved/events/1.json with the code.');
    expect((await saved('save')).stdout).toContain('This version is saved already.');
    expect(await saved('check')).toMatchObject({ code: 0, stdout: 'events 1.0.0: no changes.\n' });
    define('brand: z.string().optional(), note: z.string().optional()');
    expect((await saved('diff')).stdout).toContain('add-column:note');
    const answer = JSON.parse((await saved('save', '--json')).stdout);
    expect(answer).toMatchObject({ number: 2, version: '1.1.0', file: 'saved/events/2.json', saved: true });
    expect((await saved('history')).stdout).toMatch(/2 +1\.1\.0 +add-column:note/);
  });

  it('refuses a breaking change until it is allowed by its id, and ids that name nothing', async () => {
    define('note: z.string().optional()');
    expect(await saved('save')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[CHANGES_NOT_ALLOWED]'),
    });
    expect(await saved('save', '--allow', 'drop-column:brnd')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected one of drop-column:brand'),
    });
    expect(await saved('save', '--allow', 'drop-column:brand')).toMatchObject({ code: 0 });
    expect(await saved('save', '--allow', 'drop-column:brand')).toMatchObject({ code: 0 });
  });
});

describe('schema check', () => {
  it('is undecided, not failed, when it cannot run', async () => {
    write('events.ts', 'export const events = 1;\n');
    const { code, stdout, stderr } = await run('check', '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ code: 'CONFIG_INVALID' });
    define('brand: z.string().optional()');
    const wrong = await run('check', '--allow', 'nope');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--allow nope: expected') });
  });
});

describe('schema history', () => {
  it('lists versions, and what is not published', async () => {
    define('brand: z.string().optional(), note: z.string().optional()');
    const { stdout } = await run('history');
    expect(stdout).toContain('1       1.0.0    first version');
    expect(stdout).toContain('1.1.0    not saved: add-column:note');
  });

  it('says which file is no snapshot', async () => {
    write('schema/events/2.json', '{ "layout": 2 }');
    try {
      const { code, stderr } = await run('history');
      expect(code).toBe(1);
      expect(stderr).toContain('[SNAPSHOT_INVALID]');
      expect(stderr).toContain('2.json');
    } finally {
      rmSync(join(folder, 'schema/events/2.json'));
    }
  });
});

describe('schema publish and rollback', () => {
  it('say what the config lacks', async () => {
    const { code, stderr } = await run('publish');
    expect(code).toBe(1);
    expect(stderr).toContain('where the tables live on AWS');
  });

  it('know only versions that there are', async () => {
    const { code, stderr } = await run('rollback', '--to', '7');
    expect(code).toBe(2);
    expect(stderr).toContain('events has no version 7. Known versions: 1 (1.0.0).');
  });
});
