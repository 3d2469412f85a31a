import { writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsPython } from '../../../install/aws-python.ts';
import { hadoopAwsJars, installHadoopAws } from '../../../install/hadoop-aws.ts';
import { installPython, interpreterOf } from '../../../install/python-environment.ts';
import { installSpark, sparkEnvironment, sparkInterpreter } from '../../../install/spark.ts';
import { withLock } from '../../../running/with-lock.ts';
import type { JobProgram } from './job-process.ts';
import type { SparkGateways } from './spark-gateways.ts';

/** What a run is started with. */
export interface JobScript {
  /** The script on S3. */
  readonly location: string;
  /** As Glue gives them to the script, those that it reads itself included. */
  readonly args: Readonly<Record<string, string>>;
  /** The emulator, for S3 and everything else. */
  readonly endpoint: string;
  /** A folder for the script, its modules and its scratch files. */
  readonly folder: string;
  /** Where a Spark job gets its Java from. */
  readonly gateways: SparkGateways;
}

/** What Python imports before a script. */
const ownModules = join(import.meta.dirname, 'python');

const clientEnvironment = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'glue',
  AWS_SECRET_ACCESS_KEY: 'glue',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** The Spark of jobs, in one process of this machine. */
const sparkSettings = (endpoint: string, folder: string) => ({
  'spark.master': 'local[2]',
  'spark.driver.memory': process.env['HEADWATER_SPARK_MEMORY'] ?? '1g',
  // The process is driver and executor. Jobs give executors this stack; on Glue these start after the script, and with its settings.
  'spark.driver.defaultJavaOptions': '-Xss64m',
  // The class path of the one process. As `spark.jars` they would be copied for every run.
  'spark.driver.extraClassPath': hadoopAwsJars().join(delimiter),
  'spark.local.dir': join(folder, 'spark'),
  'spark.ui.enabled': 'false',
  // Glue's own `s3://` is another file system.
  'spark.hadoop.fs.s3.impl': 'org.apache.hadoop.fs.s3a.S3AFileSystem',
  'spark.hadoop.fs.s3a.endpoint': endpoint,
  'spark.hadoop.fs.s3a.endpoint.region': 'us-east-1',
  'spark.hadoop.fs.s3a.path.style.access': 'true',
  'spark.hadoop.fs.s3a.connection.ssl.enabled': 'false',
  'spark.hadoop.fs.s3a.access.key': 'glue',
  'spark.hadoop.fs.s3a.secret.key': 'glue',
  'spark.hadoop.fs.s3a.buffer.dir': join(folder, 's3a'),
});

/** How a job's script is run, by the name of its command. Each installs what it needs. */
export const jobPrograms: Readonly<Record<string, (script: JobScript) => Promise<JobProgram>>> = {
  /** Glue 5.1's Spark, in one process of this machine, with S3 through Hadoop and boto3. */
  async glueetl(script) {
    // A script that is not there is found out before anything is installed for it.
    const run = await pythonProgram(script, sparkInterpreter());
    await withLock(async () => {
      await installSpark();
      await installHadoopAws();
    });
    const gateway = await script.gateways.lend((folder) => ({
      settings: sparkSettings(script.endpoint, folder),
      env: clientEnvironment(script.endpoint),
    }));
    const { PYTHONPATH } = run.env;
    return {
      ...run,
      env: { ...run.env, ...sparkEnvironment(), PYTHONPATH: [ownModules, PYTHONPATH].join(delimiter) },
      gateway,
    };
  },
  /** Python without Spark. */
  async pythonshell(script) {
    const run = await pythonProgram(script, interpreterOf(awsPython));
    await withLock(() => installPython(awsPython));
    return run;
  },
};

/** Downloads the script and its modules, and gives the call of it. */
async function pythonProgram(
  { location, args, endpoint, folder }: JobScript,
  program: string,
): Promise<JobProgram> {
  const credentials = { accessKeyId: 'glue', secretAccessKey: 'glue' };
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  try {
    const modules = (args['--extra-py-files'] ?? '').split(',').filter((url) => url !== '');
    for (const url of [location, ...modules]) {
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(url) ?? [];
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key })).catch((error: unknown) => {
        throw new Error(`Cannot read ${url}: ${error instanceof Error ? error.message : String(error)}`);
      });
      await writeFile(join(folder, basename(url)), (await Body?.transformToByteArray()) ?? '');
    }
    const archives = modules.filter((url) => !url.endsWith('.py'));
    return {
      program,
      args: [join(folder, basename(location)), ...Object.entries(args).flat()],
      env: {
        ...clientEnvironment(endpoint),
        PYTHONPATH: [folder, ...archives.map((url) => join(folder, basename(url)))].join(delimiter),
        PYTHONUNBUFFERED: '1',
      },
    };
  } finally {
    s3.destroy();
  }
}
