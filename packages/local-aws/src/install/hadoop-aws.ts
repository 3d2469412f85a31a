import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { download } from './download.ts';
import type { PinnedFile } from './pinned-file.ts';

const maven = 'https://repo.maven.apache.org/maven2';

/** What Spark 3.5.6 reads and writes S3 with: the versions that its Hadoop, 3.3.4, was built with. */
const jars: readonly PinnedFile[] = [
  {
    url: `${maven}/org/apache/hadoop/hadoop-aws/3.3.4/hadoop-aws-3.3.4.jar`,
    sha256: '53f9ae03c681a30a50aa17524bd9790ab596b28481858e54efd989a826ed3a4a',
    bytes: 962_685,
  },
  {
    url: `${maven}/com/amazonaws/aws-java-sdk-bundle/1.12.262/aws-java-sdk-bundle-1.12.262.jar`,
    sha256: '873fe7cf495126619997bec21c44de5d992544aea7e632fdc77adb1a0915bae5',
    bytes: 280_645_251,
  },
];

/** The jars with which Spark uses S3, once they are installed. */
export const hadoopAwsJars = (): string[] =>
  jars.map(({ url }) => join(cacheFolder(), 'engines', 'hadoop-aws-3.3.4', basename(url)));

/** Downloads the jars with which Spark uses S3, if they are missing. @throws SetupError */
export async function installHadoopAws(): Promise<void> {
  for (const [index, path] of hadoopAwsJars().entries()) {
    const jar = jars[index];
    if (jar && !existsSync(path)) await download(jar, path);
  }
}
