import { setTimeout as pause } from 'node:timers/promises';
import { trinoStatement } from '../facade/trino/trino-statement.ts';
import { SetupError } from '../setup-error.ts';
import { deleteObject, jsonCall, putObject } from '../testing/aws-call.ts';
import type { Endpoints } from './endpoints.ts';
import { logOf } from './start-part.ts';

const name = 'headwater_readiness';
const bucket = 'headwater-readiness';

/** A table of one text column over one file. */
const table = {
  Name: name,
  TableType: 'EXTERNAL_TABLE',
  StorageDescriptor: {
    Columns: [{ Name: 'text', Type: 'string' }],
    Location: `s3://${bucket}/table`,
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde' },
  },
};

/**
 * Waits until Trino reads a table: for a second or two after it answers, it may have "No nodes available to run query". The table is
 * made for that and removed again.
 *
 * @param patience milliseconds
 * @throws SetupError with Trino's message
 */
export async function waitUntilScanned({ moto, trino }: Endpoints, patience: number): Promise<void> {
  const glue = (operation: string, input: object) =>
    jsonCall(moto, 'glue', `AWSGlue.${operation}`, input, '1.1');
  await putObject(moto, bucket, '');
  await putObject(moto, `${bucket}/table/one.csv`, 'text\n');
  await glue('CreateDatabase', { DatabaseInput: { Name: name } });
  await glue('CreateTable', { DatabaseName: name, TableInput: table });
  for (const started = performance.now(); ; await pause(100)) {
    const problem = await problemOfScan(trino);
    if (problem === undefined) break;
    if (performance.now() - started > patience)
      throw new SetupError(`trino cannot read a table: ${problem}`, `Its log is ${logOf('trino')}`);
  }
  await glue('DeleteDatabase', { Name: name });
  await deleteObject(moto, `${bucket}/table/one.csv`);
  await deleteObject(moto, bucket);
}

async function problemOfScan(trino: string): Promise<string | undefined> {
  try {
    const session = { catalog: 'awsdatacatalog', schema: name };
    for await (const { error } of trinoStatement(trino, `SELECT count(*) FROM ${name}`, session))
      if (error) return error.message;
    return undefined;
  } catch (error) {
    return String(error);
  }
}
