import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { findJava } from '../../src/install/find-java.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-java-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** A home that says of itself which version it is. */
function home(version: string): string {
  const path = join(folder, version);
  mkdirSync(join(path, 'bin'), { recursive: true });
  writeFileSync(join(path, 'bin', process.platform === 'win32' ? 'java.exe' : 'java'), '');
  writeFileSync(join(path, 'release'), `IMPLEMENTOR="Someone"\nJAVA_VERSION="${version}"\n`);
  return path;
}

it('takes the first that fits, the one named for Headwater before the others', () => {
  vi.stubEnv('HEADWATER_JAVA_HOME', home('901.0.2'));
  vi.stubEnv('JAVA_HOME', home('902'));
  vi.stubEnv('JAVA_HOME_903_X64', home('903.0.1'));
  expect(findJava({ from: 900, to: 999 }, 'A test')).toBe(join(folder, '901.0.2'));
  expect(findJava({ from: 902, to: 999 }, 'A test')).toBe(join(folder, '902'));
  expect(findJava({ from: 903, to: 903 }, 'A test')).toBe(join(folder, '903.0.1'));
});

it('reads the old way of counting', () => {
  vi.stubEnv('JAVA_HOME', home('1.801.0_432'));
  expect(findJava({ from: 801, to: 801 }, 'A test')).toBe(join(folder, '1.801.0_432'));
});

it('says which to install, and what there is', () => {
  vi.stubEnv('JAVA_HOME', home('904'));
  expect(() => findJava({ from: 905, to: 905 }, 'Trino')).toThrow(
    /^Trino needs Java 905 to 905; found: .*\b904\b.*\. Install a JDK/,
  );
});
