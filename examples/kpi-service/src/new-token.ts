// `npm run -s token -- <tenant> [--days 90] [--file access.json]`: adds a token to the access list, and prints it. It is shown this once.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { newToken, tokenDigest } from '@headwater/access';
import { parseAccess } from './access/access-file.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { days: { type: 'string', default: '90' }, file: { type: 'string', default: 'access.json' } },
});
const [tenant] = positionals;
const days = Number(values.days);
if (tenant === undefined || !(days > 0 && days <= 3650)) {
  process.stderr.write('Usage: npm run -s token -- <tenant> [--days 90] [--file access.json]\n');
  process.exit(2);
}
const before = await readFile(values.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return '{ "tenants": {}, "tokens": [] }';
  throw error;
});
parseAccess(before, values.file);
const list = JSON.parse(before);
list.tenants[tenant] ??= {};
const token = newToken('kpi_');
list.tokens.push({
  name: `${tenant}-${new Date().toISOString().slice(0, 10)}-${tokenDigest(token).slice(0, 6)}`,
  tenant,
  sha256: tokenDigest(token),
  expires: new Date(Date.now() + days * 86_400_000).toISOString(),
});
const after = `${JSON.stringify(list, null, 2)}\n`;
parseAccess(after, values.file);
// Written beside and renamed: a service that reads it meanwhile reads the old list or the new one.
await writeFile(`${values.file}.draft`, after, { mode: 0o600 });
await rename(`${values.file}.draft`, values.file);
process.stdout.write(`${token}\n`);
