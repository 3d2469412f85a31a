import { readFile } from 'node:fs/promises';
import { derivations, type FlinkApplicationZip, HeadwaterError } from '@headwater/core';
import type { PlatformFacts } from '../platform-context.ts';
import { flinkQuestions, streamTable } from '../stream-parts.ts';
import { besideConfig } from './beside-config.ts';
import { mergeJars } from './merge-jars.ts';
import { readZip } from './zip/read-zip.ts';
import { writeZip } from './zip/write-zip.ts';
import { contentOf, type ZipEntry, zipEntry } from './zip/zip-entry.ts';

/** Whether a jar is, or has been merged from, the artifact of Maven that its name begins with. */
const hasArtifact: Readonly<Record<string, (entries: readonly ZipEntry[]) => boolean>> = {
  'flink-sql-connector-aws-kinesis-streams': (entries) =>
    entries.some(
      (entry) =>
        entry.name === 'META-INF/services/org.apache.flink.table.factories.Factory' &&
        /\.kinesis\.table\.KinesisDynamicTable/.test(Buffer.from(contentOf(entry)).toString('utf8')),
    ),
  'flink-cep': (entries) => entries.some(({ name }) => name.startsWith('org/apache/flink/cep/')),
};

/**
 * The zip of a platform's application of Flink: what `headwater derive flink-job --part zip` names, with one jar that is merged from
 * `infra.flink.jars`. The jars are not a part of this package; who has none is told where Maven Central has them.
 *
 * @returns undefined for a platform without the application
 * @throws HeadwaterError `INFRA_CONFIG_INVALID` for a jar that is not there, is no jar, or lacks what the job needs
 */
export async function flinkZip(facts: PlatformFacts): Promise<Uint8Array | undefined> {
  const table = streamTable(facts);
  const questions = flinkQuestions(facts);
  if (table === undefined || questions.length === 0) return undefined;
  const { text } = derivations['flink-job'].derive(
    { schema: table.schema, target: facts.target, tables: [table.schema], metrics: {} },
    { part: 'zip', connector: 'kinesis', questions: questions.join(',') },
  );
  const { files, jars }: FlinkApplicationZip = JSON.parse(text);
  const given = await Promise.all((facts.infra.flink?.jars ?? []).map((path) => readJar(facts, path)));
  return writeZip([
    ...Object.entries(files).map(([name, content]) => zipEntry(name, Buffer.from(content))),
    ...Object.entries(jars).map(([name, artifacts]) =>
      // A jar is compressed already.
      zipEntry(name, jarOf(given, artifacts), true),
    ),
  ]);
}

interface GivenJar {
  readonly bytes: Uint8Array;
  readonly entries: readonly ZipEntry[];
}

async function readJar({ config }: PlatformFacts, path: string): Promise<GivenJar> {
  const place = besideConfig(config, path);
  const bytes = await readFile(place).catch((error: NodeJS.ErrnoException) =>
    refuse(`has ${path}, which cannot be read: ${error.code ?? error.message}`, `Put the jar at ${place}`),
  );
  const entries = readZip(bytes) ?? refuse(`has ${path}, which is no jar`, 'Download it again');
  return { bytes, entries };
}

function jarOf(given: readonly GivenJar[], artifacts: readonly string[]): Uint8Array {
  const merged = mergeJars(given.map(({ entries }) => entries));
  if (typeof merged === 'string')
    refuse(`has the class ${merged} in two versions`, 'Name the jars of one version of Flink');
  const missing = artifacts.filter((one) => hasArtifact[one.split(':')[1] ?? '']?.(merged) === false);
  if (missing.length > 0)
    refuse(
      `lacks ${missing.join(', ')}`,
      `Download ${missing.map(mavenUrl).join(' and ')}, compare each with its .sha1 there, and name the files`,
    );
  const [only, ...others] = given;
  return only && others.length === 0 ? only.bytes : writeZip(merged);
}

/** @example mavenUrl('org.apache.flink:flink-cep:1.20.0') // 'https://repo1.maven.org/maven2/org/apache/flink/flink-cep/1.20.0/flink-cep-1.20.0.jar' */
function mavenUrl(coordinates: string): string {
  const [group = '', artifact = '', version = ''] = coordinates.split(':');
  return `https://repo1.maven.org/maven2/${group.replaceAll('.', '/')}/${artifact}/${version}/${artifact}-${version}.jar`;
}

function refuse(problem: string, fix: string): never {
  throw new HeadwaterError('INFRA_CONFIG_INVALID', { problems: [{ field: 'flink.jars', problem, fix }] });
}
