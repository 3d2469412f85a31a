import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { sparkEnvironment } from '../../install/spark.ts';
import { type SparkGateway, startSparkGateway } from '../../spark/spark-gateway.ts';

/**
 * Starts a Java with Spark before the tests of the calling file or `describe`, and stops it afterwards. PySpark programs that get its
 * environment use it one after the other, so that only the first waits until Java is warm. A program that is killed, or that does not
 * stop its Spark, leaves it unusable: tests of that let each program start a Java of its own.
 *
 * @param settings settings that only the start of Java can take, such as `{ 'spark.driver.memory': '2g' }`
 * @returns the environment of a program, once the tests run
 * @example const spark = useSparkGateway(); // in a test: spawn('python3', ['job.py'], { env: { ...process.env, ...spark() } })
 */
export function useSparkGateway(
  settings: Readonly<Record<string, string>> = {},
): () => Readonly<Record<string, string>> {
  let gateway: SparkGateway | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-gateway-'));
    gateway = await startSparkGateway({ folder, log: join(folder, 'log.txt'), settings });
  });
  afterAll(() => gateway?.stop());
  return () => ({ ...sparkEnvironment(), ...gateway?.environment });
}
