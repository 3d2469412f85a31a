import type {
  CreateRefreshScheduleCommandInput,
  QuickSightClient,
  RefreshSchedule,
} from '@aws-sdk/client-quicksight';
import { differences } from './asset-content.ts';
import type { AssetPlan } from './plan-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';

/** The schedules of a data set as they should be. */
export interface WantedSchedules {
  readonly account: string;
  readonly dataSet: string;
  readonly schedules: readonly CreateRefreshScheduleCommandInput[];
}

/** The plans for the schedules of a data set, each with the call that carries it out. */
export interface PlannedSchedule {
  readonly plan: AssetPlan;
  apply(): Promise<void>;
}

/**
 * Compares the schedules of a data set with those that are live. Schedules of others stay, unless they are to be pruned.
 *
 * @param prune whether schedules that are not derived are deleted
 */
export async function planSchedules(
  client: QuickSightClient,
  { account, dataSet, schedules }: WantedSchedules,
  prune: boolean,
): Promise<readonly PlannedSchedule[]> {
  const which = { AwsAccountId: account, DataSetId: dataSet };
  const calls = await sdk();
  const listed = await orMissing(client.send(new calls.ListRefreshSchedulesCommand(which)));
  const live = listed?.RefreshSchedules ?? [];
  const planned = (id: string | undefined, action: AssetPlan['action'], paths: readonly string[] = []) => ({
    asset: `refresh schedule ${id} of ${dataSet}`,
    action,
    differences: paths,
    needs: [],
    notes: [],
  });
  const kept = schedules.map((wanted): PlannedSchedule => {
    const id = wanted.Schedule?.ScheduleId;
    const there = live.find(({ ScheduleId }) => ScheduleId === id);
    if (!there)
      return {
        plan: planned(id, 'create'),
        apply: async () => void (await client.send(new calls.CreateRefreshScheduleCommand(wanted))),
      };
    const paths = differences(wanted.Schedule, there);
    return {
      plan: planned(id, paths.length > 0 ? 'update' : 'none', paths),
      apply: async () => {
        if (paths.length > 0)
          await client.send(new calls.UpdateRefreshScheduleCommand(withStart(wanted, there)));
      },
    };
  });
  const others = live.filter(
    ({ ScheduleId }) => !schedules.some((one) => one.Schedule?.ScheduleId === ScheduleId),
  );
  const removed = (prune ? others : []).map(
    ({ ScheduleId }): PlannedSchedule => ({
      plan: planned(ScheduleId, 'delete'),
      apply: async () =>
        void (await client.send(new calls.DeleteRefreshScheduleCommand({ ...which, ScheduleId }))),
    }),
  );
  return [...kept, ...removed];
}

/** A first time that is past is refused, and the one that is live holds on. */
const withStart = (
  wanted: CreateRefreshScheduleCommandInput,
  { StartAfterDateTime }: RefreshSchedule,
): CreateRefreshScheduleCommandInput => {
  const later = StartAfterDateTime && StartAfterDateTime.getTime() > Date.now() ? { StartAfterDateTime } : {};
  return wanted.Schedule ? { ...wanted, Schedule: { ...later, ...wanted.Schedule } } : wanted;
};
