import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import type { Operation } from './asset-operations.ts';
import type { Ingestion, QuickSightStore } from './quicksight-store.ts';

/** The maximum of schedules of a data set (https://docs.aws.amazon.com/quicksight/latest/user/refreshing-imported-data.html). */
const mostSchedules = 5;

const dataSetOf = (store: QuickSightStore, { DataSetId }: Members): string =>
  store.assets.dataset.get(String(DataSetId)).id;

function schedulesOf(store: QuickSightStore, input: Members): Map<string, Members> {
  const id = dataSetOf(store, input);
  const found = store.schedules.get(id) ?? new Map<string, Members>();
  store.schedules.set(id, found);
  return found;
}

const unknownSchedule = (id: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The schedule ${id} does not exist`, {}, 404);

const named = (store: QuickSightStore, input: Members, ScheduleId: string): Members => ({
  ScheduleId,
  Arn: `${store.arn('dataset', dataSetOf(store, input))}/refresh-schedule/${ScheduleId}`,
});

/** An incremental refresh needs to know how far it looks back. */
function assertRefreshes(store: QuickSightStore, input: Members): void {
  const isIncremental = at(input, 'Schedule', 'RefreshType') === 'INCREMENTAL_REFRESH';
  if (isIncremental && !store.refreshProperties.has(dataSetOf(store, input)))
    throw new AwsError('PreconditionNotMetException', 'The data set has no refresh properties');
}

const states = ['QUEUED', 'RUNNING', 'COMPLETED'];

function ingestionOf(run: Ingestion): Members {
  const IngestionStatus = states[Math.min(run.looks, states.length - 1)];
  run.looks += 1;
  return { Arn: run.arn, IngestionId: run.id, IngestionStatus, CreatedTime: run.created };
}

/** The operations on what fills a data set: schedules, settings of refreshes, and runs. */
export const scheduleOperations: Readonly<Record<string, Operation>> = {
  CreateRefreshSchedule(store, input) {
    assertRefreshes(store, input);
    const schedules = schedulesOf(store, input);
    const id = String(at(input, 'Schedule', 'ScheduleId'));
    if (schedules.has(id))
      throw new AwsError('ResourceExistsException', `The schedule ${id} exists`, {}, 409);
    if (schedules.size >= mostSchedules)
      throw new AwsError(
        'LimitExceededException',
        `A data set has at most ${mostSchedules} schedules`,
        {},
        409,
      );
    schedules.set(id, Object(input['Schedule']));
    return named(store, input, id);
  },
  UpdateRefreshSchedule(store, input) {
    assertRefreshes(store, input);
    const schedules = schedulesOf(store, input);
    const id = String(at(input, 'Schedule', 'ScheduleId'));
    if (!schedules.has(id)) throw unknownSchedule(id);
    schedules.set(id, Object(input['Schedule']));
    return named(store, input, id);
  },
  DeleteRefreshSchedule(store, input) {
    const id = String(input['ScheduleId']);
    if (!schedulesOf(store, input).delete(id)) throw unknownSchedule(id);
    return named(store, input, id);
  },
  ListRefreshSchedules: (store, input) => ({
    RefreshSchedules: [...schedulesOf(store, input)].map(([id, schedule]) => ({
      ...schedule,
      ...named(store, input, id),
      // The service fills in a first time that nobody has given.
      StartAfterDateTime: at(schedule, 'StartAfterDateTime') ?? new Date(),
    })),
  }),
  PutDataSetRefreshProperties(store, input) {
    store.refreshProperties.set(dataSetOf(store, input), Object(input['DataSetRefreshProperties']));
    return {};
  },
  DescribeDataSetRefreshProperties(store, input) {
    const found = store.refreshProperties.get(dataSetOf(store, input));
    if (!found)
      throw new AwsError('ResourceNotFoundException', 'The data set has no refresh properties', {}, 404);
    return { DataSetRefreshProperties: found };
  },
  CreateIngestion(store, input) {
    const run = store.ingest(dataSetOf(store, input), String(input['IngestionId']));
    return { Arn: run.arn, IngestionId: run.id, IngestionStatus: 'INITIALIZED' };
  },
  DescribeIngestion(store, input) {
    const run = store.ingestions.get(dataSetOf(store, input))?.get(String(input['IngestionId']));
    if (!run) throw new AwsError('ResourceNotFoundException', 'The ingestion does not exist', {}, 404);
    return { Ingestion: ingestionOf(run) };
  },
  ListIngestions: (store, input) => ({
    Ingestions: [...(store.ingestions.get(dataSetOf(store, input))?.values() ?? [])].map(ingestionOf),
  }),
};
