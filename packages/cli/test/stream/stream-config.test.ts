import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { config } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-stream-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function configWith(name: string, stream: string): string {
  const file = join(folder, `${name}.config.mjs`);
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});\nexport default { ...config, stream: ${stream} };`,
  );
  return file;
}

it('the settings of a stream are checked with the table, and the error names the field and the fix', async () => {
  const right = await loadConfig(configWith('right', '{ sessions: { endsAfterSeconds: 900 } }'));
  expect(right.stream).toEqual({ sessions: { endsAfterSeconds: 900 } });
  const wrong = configWith(
    'wrong',
    "{ thresholds: [{ kind: 'x', of: 'actor', moreThan: 5, within: 0 }], sessions: { ttl: 1 } }",
  );
  await expect(loadConfig(wrong)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(
      /`stream\.thresholds\[0\]\.within` is 0\. Expected whole seconds.*`stream\.sessions\.ttl` is not known\. Expected endsAfterSeconds/,
    ),
  });
});
