import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeZip } from '../../src/assets/zip/write-zip.ts';
import { zipEntry } from '../../src/assets/zip/zip-entry.ts';

const factories = 'META-INF/services/org.apache.flink.table.factories.Factory';

/** Writes a jar of files, and gives its path. */
export function testJar(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(tmpdir(), `headwater-jars-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, writeZip(Object.entries(files).map(([at, text]) => zipEntry(at, Buffer.from(text)))));
  return path;
}

/** A jar that names the connector of Kinesis, without its classes: enough to be packed, and not to run. */
export const connectorJar = (): string =>
  testJar('connector.jar', {
    'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\n',
    [factories]: '# licence\norg.apache.flink.connector.kinesis.table.KinesisDynamicTableFactory\n',
    'META-INF/LICENSE': 'One licence\n',
  });
