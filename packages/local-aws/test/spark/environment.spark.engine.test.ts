import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentOf, exportsOf } from '../../src/command/environment.ts';

const state = { aws: 'http://a', moto: 'http://m', trino: 'http://t', python: "/it's/python", processes: {} };

test('a shell with the environment of the engines has the Python and the Java of Spark', () => {
  const print = 'echo "$HEADWATER_PYTHON"; "$PYSPARK_PYTHON" -c "import pyspark; print(pyspark.__version__)"';
  const printed = execFileSync('bash', ['-c', `${exportsOf(environmentOf(state))}\n${print}`], {
    encoding: 'utf8',
  });
  expect(printed).toBe("/it's/python\n3.5.6\n");
  const { stderr } = spawnSync(join(environmentOf(state)['JAVA_HOME'] ?? '', 'bin', 'java'), ['-version']);
  expect(stderr.toString()).toContain('version "17.');
});
