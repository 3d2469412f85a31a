import type { AthenaClient, WorkGroup } from '@aws-sdk/client-athena';
import {
  type AthenaWorkgroup,
  type AwsTarget,
  deriveAthenaWorkgroup,
  type PermissionClass,
} from '@headwater/core';
import { workgroupPurpose } from '@headwater/core/internal';
import { assertAllowed } from './assert-allowed.ts';
import type { PublishStep, StepPlan } from './publish-step.ts';
import { workgroupDifferences, workgroupUpdates } from './workgroup-settings.ts';

/** Athena has no error code for a missing workgroup. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'InvalidRequestException' && /not found/i.test(error.message);

/**
 * Keeps the workgroup of the lake's queries. It is created if it is missing, with `maxScan` as its cutoff. A workgroup that
 * Headwater did not create is never changed, and neither is a cutoff without `maxScan`. The workgroup of another lake must be
 * allowed: changing it moves the other lake's results to this lake's bucket. Results that Athena manages stay so, unless the
 * target names a place for results.
 *
 * @param maxScan maximum bytes of a query
 * @param permissionClass the readers. Defaults to those who see every column
 */
export function workgroupStep(
  client: AthenaClient,
  target: AwsTarget,
  maxScan?: number,
  permissionClass?: PermissionClass,
): PublishStep {
  const ours = deriveAthenaWorkgroup(target, maxScan, permissionClass);
  const keepsManaged = target.results === undefined;
  const step = `workgroup ${ours.Name}`;
  const read = async (): Promise<WorkGroup | undefined> => {
    const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
    return client.send(new GetWorkGroupCommand({ WorkGroup: ours.Name })).then(
      (answer) => answer.WorkGroup,
      (error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      },
    );
  };
  return {
    name: step,
    ids: [adoptId(ours.Name)],
    plan: async () => planWorkgroup(step, ours, await read(), keepsManaged),
    async apply(allowed) {
      const live = await read();
      const { action, needs } = planWorkgroup(step, ours, live, keepsManaged);
      assertAllowed(step, needs, allowed);
      const { CreateWorkGroupCommand, UpdateWorkGroupCommand } = await import('@aws-sdk/client-athena');
      const { Name: WorkGroup, Description } = ours;
      if (action === 'create') await client.send(new CreateWorkGroupCommand({ ...ours }));
      if (action !== 'update' || !live) return;
      const ConfigurationUpdates = workgroupUpdates(ours, live, keepsManaged);
      await client.send(new UpdateWorkGroupCommand({ WorkGroup, Description, ConfigurationUpdates }));
    },
  };
}

const adoptId = (workgroup: string): string => `adopt-workgroup:${workgroup}`;

function planWorkgroup(
  step: string,
  ours: AthenaWorkgroup,
  live: WorkGroup | undefined,
  keepsManaged: boolean,
): StepPlan {
  if (!live) return { step, action: 'create', differences: [], needs: [] };
  const isOfALake = live.Description?.startsWith(workgroupPurpose) ?? false;
  const differences = isOfALake ? workgroupDifferences(ours, live, keepsManaged) : [];
  const isOurs = live.Description === ours.Description;
  return {
    step,
    action: differences.length > 0 ? 'update' : 'none',
    differences,
    needs: isOfALake && !isOurs ? [adoptId(ours.Name)] : [],
  };
}
