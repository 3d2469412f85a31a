import type { AthenaClient, WorkGroup } from '@aws-sdk/client-athena';
import { type AthenaWorkgroup, type AwsTarget, deriveAthenaWorkgroup } from '@headwater/core';
import { workgroupPurpose } from '@headwater/core/internal';
import { assertAllowed } from './assert-allowed.ts';
import type { Difference, PublishStep, StepPlan } from './publish-step.ts';

/** Athena has no error code for a missing workgroup. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'InvalidRequestException' && /not found/i.test(error.message);

/**
 * Keeps the workgroup of the lake's queries. It is created if it is missing, with `maxScan` as its cutoff. A workgroup that
 * Headwater did not create is never changed, and neither is a cutoff without `maxScan`. The workgroup of another lake must be
 * allowed: changing it moves the other lake's results to this lake's bucket.
 *
 * @param maxScan maximum bytes of a query
 */
export function workgroupStep(client: AthenaClient, target: AwsTarget, maxScan?: number): PublishStep {
  const ours = deriveAthenaWorkgroup(target, maxScan);
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
    plan: async () => planWorkgroup(step, ours, await read()),
    async apply(allowed) {
      const { action, needs } = planWorkgroup(step, ours, await read());
      assertAllowed(step, needs, allowed);
      const { CreateWorkGroupCommand, UpdateWorkGroupCommand } = await import('@aws-sdk/client-athena');
      const { Configuration, ...named } = ours;
      if (action === 'create') await client.send(new CreateWorkGroupCommand({ ...named, Configuration }));
      if (action === 'update') {
        const { BytesScannedCutoffPerQuery, EnforceWorkGroupConfiguration, ResultConfiguration } =
          Configuration;
        const { OutputLocation } = ResultConfiguration;
        const ConfigurationUpdates = {
          EnforceWorkGroupConfiguration,
          ResultConfigurationUpdates: { OutputLocation },
          ...(BytesScannedCutoffPerQuery === undefined ? {} : { BytesScannedCutoffPerQuery }),
        };
        await client.send(
          new UpdateWorkGroupCommand({
            WorkGroup: ours.Name,
            Description: ours.Description,
            ConfigurationUpdates,
          }),
        );
      }
    },
  };
}

const adoptId = (workgroup: string): string => `adopt-workgroup:${workgroup}`;

function planWorkgroup(step: string, ours: AthenaWorkgroup, live: WorkGroup | undefined): StepPlan {
  if (!live) return { step, action: 'create', differences: [], needs: [] };
  const isOfALake = live.Description?.startsWith(workgroupPurpose) ?? false;
  const differences = isOfALake ? differencesOf(ours, live) : [];
  const isOurs = live.Description === ours.Description;
  return {
    step,
    action: differences.length > 0 ? 'update' : 'none',
    differences,
    needs: isOfALake && !isOurs ? [adoptId(ours.Name)] : [],
  };
}

function differencesOf(derived: AthenaWorkgroup, present: WorkGroup) {
  const [ours, live] = [derived.Configuration, present.Configuration];
  const pairs = [
    ['description', present.Description, derived.Description],
    ['overrides client settings', live?.EnforceWorkGroupConfiguration, ours.EnforceWorkGroupConfiguration],
    ['maximum bytes of a query', live?.BytesScannedCutoffPerQuery, ours.BytesScannedCutoffPerQuery],
    [
      'location of results',
      live?.ResultConfiguration?.OutputLocation,
      ours.ResultConfiguration.OutputLocation,
    ],
  ] as const;
  return pairs.flatMap(([what, was, becomes]): Difference[] =>
    becomes === undefined || String(was) === String(becomes)
      ? []
      : [{ what, was: was === undefined ? null : String(was), becomes: String(becomes), cause: 'change' }],
  );
}
