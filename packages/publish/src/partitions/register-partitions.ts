import type { GlueClient, PartitionError } from '@aws-sdk/client-glue';
import { type AwsTarget, type EventsTable, HeadwaterError } from '@headwater/core';
import {
  assertPartitioning,
  deriveGluePartitions,
  type GluePartitionInput,
  readLakeState,
} from '@headwater/core/internal';
import { openLakeStore, pause } from '@headwater/storage';
import { awsProblem } from '../aws/aws-problem.ts';
import { withGlue } from '../aws/with-client.ts';

/** The partitions to register, and where. */
export interface RegisterOptions {
  readonly table: EventsTable;
  readonly target: AwsTarget;
  /** The lake whose manifests list the partitions. Defaults to the target's location. */
  readonly lake?: string | undefined;
  /** Only the partitions that later commits than this one added to. Defaults to all. */
  readonly after?: number | undefined;
  /** Defaults to a client of the target's region. */
  readonly client?: GlueClient | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The result of a registration. */
export interface RegisterReport {
  readonly table: string;
  readonly database: string;
  readonly partitions: number;
  readonly created: number;
  /** Existed already; they are not changed. */
  readonly existing: number;
}

/** Maximum of one call of BatchCreatePartition. */
const partitionsPerCall = 100;
const attempts = 6;
const pace = { first: 200, most: 5_000 };
/** Transient failures of single partitions. */
const passing = /InternalService|Throttl|OperationTimeout|ResourceNotReady|ConcurrentModification/;

/**
 * Registers a table's partitions in Glue, for engines without partition projection: one for every folder with committed
 * files. Idempotent.
 *
 * @throws HeadwaterError `PARTITIONS_INCOMPLETE` when Glue refuses some, or lacks the table; `PARTITIONING_CHANGED`
 */
export async function registerPartitions(options: RegisterOptions): Promise<RegisterReport> {
  const { table, target, lake = target.location, after = 0, signal } = options;
  const { schema } = table;
  const state = await readLakeState(openLakeStore(lake, { aws: target }), schema.name);
  assertPartitioning(schema, state, lake);
  const added = [...state.addedBy].filter(([, sequence]) => sequence > after);
  const folders = [...new Set(added.map(([path]) => path.slice(0, path.lastIndexOf('/'))))].sort();
  const partitions = deriveGluePartitions(schema, target, folders);
  const { database } = target;
  const report = { table: schema.name, database, partitions: partitions.length, created: 0, existing: 0 };
  if (partitions.length === 0) return report;
  try {
    await withGlue(options.client, target.region, async (client) => {
      for (let first = 0; first < partitions.length; first += partitionsPerCall) {
        const batch = partitions.slice(first, first + partitionsPerCall);
        const existing = await createBatch(client, report, batch, signal);
        report.existing += existing;
        report.created += batch.length - existing;
      }
    });
    return report;
  } catch (error) {
    if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during: 'registering partitions' });
    if (error instanceof HeadwaterError || !(error instanceof Error)) throw error;
    // A wrong region looks like a missing table.
    const where = error.name === 'EntityNotFoundException' ? ` (in region ${target.region})` : '';
    throw incomplete(report, error.name, `${awsProblem(error)}${where}`);
  }
}

/** @returns the number of partitions of the batch that existed already */
async function createBatch(
  client: GlueClient,
  report: RegisterReport,
  batch: readonly GluePartitionInput[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const { BatchCreatePartitionCommand } = await import('@aws-sdk/client-glue');
  const DatabaseName = report.database;
  const TableName = report.table;
  let existing = 0;
  let left = [...batch];
  for (let attempt = 1; left.length > 0; attempt += 1) {
    signal?.throwIfAborted();
    const command = new BatchCreatePartitionCommand({ DatabaseName, TableName, PartitionInputList: left });
    const { Errors = [] } = await client.send(command, signal ? { abortSignal: signal } : {});
    const failed = Errors.filter((error) => codeOf(error) !== 'AlreadyExistsException');
    existing += Errors.length - failed.length;
    const lasting = failed.find((error) => attempt === attempts || !passing.test(codeOf(error)));
    if (lasting) throw incomplete(report, codeOf(lasting), lasting.ErrorDetail?.ErrorMessage ?? '');
    const again = new Set(failed.map(({ PartitionValues }) => JSON.stringify(PartitionValues)));
    left = left.filter(({ Values }) => again.has(JSON.stringify(Values)));
    if (left.length > 0) await pause(pace, attempt, signal);
  }
  return existing;
}

const codeOf = ({ ErrorDetail }: PartitionError): string => ErrorDetail?.ErrorCode ?? 'unknown';

function incomplete(report: RegisterReport, code: string, problem: string): HeadwaterError {
  const { table, database, partitions, created, existing } = report;
  return new HeadwaterError('PARTITIONS_INCOMPLETE', {
    table,
    database,
    done: created + existing,
    partitions,
    problem: `${code}: ${problem}`,
  });
}
