import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sparkJobModules } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { sparkScripts } from '../src/load/spark/spark-scripts.ts';

const { main, modules, verify } = sparkScripts();
const folder = dirname(main);

/** The modules of the folder that a file imports. */
const importsOf = (path: string, names: readonly string[]): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^\s*(?:import|from) (\w+)/gm)]
    .map(([, name]) => `${name}.py`)
    .filter((name) => names.includes(name));

test('the list of modules that a job gets is that of the folder', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.py'));
  expect([main, ...modules, verify].map((path) => basename(path)).sort()).toEqual(files.sort());
  expect([...sparkJobModules]).toEqual([...sparkJobModules].sort());
});

test('every module is imported by the script or a module of it, and none by the check of a commit', () => {
  const names = modules.map((path) => basename(path));
  const imported = new Set([main, ...modules].flatMap((path) => importsOf(path, names)));
  expect([...imported].sort()).toEqual(names);
  expect(importsOf(verify, names)).toEqual([]);
});
