import { HeadwaterError } from '@headwater/core';
import { accountCall, type Place } from '../aws/account-call.ts';
import { createDeployClients, type DeployClients } from '../aws/deploy-clients.ts';
import { describeStack } from '../aws/live-stack.ts';
import type { DeployStep, FailedResource } from '../aws/stack-activities.ts';
import { checkAccount } from '../check/check-account.ts';
import { refuse } from '../check/deploy-problem.ts';
import { resourceWords, serviceName } from '../stack/resource-kinds.ts';
import { isRetaining, type TemplateResource } from '../stack/stack-template.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import { type DataSize, dataKinds, deletionOrder } from './data-kinds.ts';
import { planToken } from './destroy-plan.ts';

/** A resource with data that a deleted stack left. */
export interface LeftData {
  readonly id: string;
  readonly type: string;
  readonly what: string;
  /** By which the service knows it. */
  readonly name: string;
  /** Null where nothing in it is counted. */
  readonly size: DataSize | null;
}

/** What a deletion of data would delete. */
export interface DataPlan extends Place {
  readonly stack: string;
  readonly deletes: readonly LeftData[];
  /** What exists and is not deleted, with the reason. */
  readonly spares: readonly { readonly what: string; readonly reason: string }[];
  readonly token: string;
}

/** How the data is deleted. */
export interface DeleteDataOptions {
  /** The token of the plan that was shown. Without it, nothing is deleted: the plan is the answer. */
  readonly token?: string | undefined;
  readonly onPlan?: (plan: DataPlan) => Promise<void> | void;
  readonly onStep?: (step: DeployStep) => void;
  readonly signal?: AbortSignal;
}

/** The tag that the platform gives to everything. */
const ownTag = 'headwater:database';

/**
 * Deletes the buckets, streams and tables that a deleted stack left, with everything in them, in two steps as the stack itself. Only what
 * carries the platform's own tag, or the mark of publishing on a table of Glue, is touched: a config that names another bucket or database by
 * mistake deletes nothing of it.
 *
 * @param database the database of the config, the value of the tag
 * @throws HeadwaterError `DEPLOY_REFUSED` while the stack is there, `PLAN_CHANGED` for the token of another plan, `DEPLOY_FAILED` where
 *   something could not be deleted, `ACCOUNT_UNREADABLE`, `INTERRUPTED`
 */
export async function deleteData(
  synthesized: SynthesizedStack,
  database: string,
  { token, onPlan, onStep, signal }: DeleteDataOptions = {},
): Promise<{ readonly isDeleted: boolean; readonly plan: DataPlan }> {
  const { stack, region } = synthesized;
  await using clients = await createDeployClients(region);
  refuse(stack, await checkAccount(clients, synthesized));
  const live = describeStack(clients.cloudFormation, stack);
  if (await accountCall(synthesized, `read the stack ${stack}`, live))
    refuse(stack, [
      {
        problem: 'The stack is there, and its data belongs to it',
        fix: 'Delete the stack first: headwater infra destroy',
      },
    ]);
  const plan = await planDeletion(clients, synthesized, database);
  await onPlan?.(plan);
  if (token === undefined || plan.deletes.length === 0) return { isDeleted: false, plan };
  if (token !== plan.token)
    throw new HeadwaterError('PLAN_CHANGED', { what: stack, reviewed: [token], plan: plan.token });
  const failed = await removeAll(clients, plan, onStep, signal);
  if (failed.length > 0)
    throw new HeadwaterError('DEPLOY_FAILED', {
      stack,
      status: 'deleted',
      problem: 'not all of its data could be deleted:',
      failed,
      fix: 'Put it right and run headwater infra destroy --delete-data again: what is gone is not deleted twice.',
    });
  return { isDeleted: true, plan };
}

async function planDeletion(
  clients: DeployClients,
  synthesized: SynthesizedStack,
  database: string,
): Promise<DataPlan> {
  const { stack, account, region, template } = synthesized;
  const deletes: LeftData[] = [];
  const spares: { what: string; reason: string }[] = [];
  const resources = Object.entries(template.Resources ?? {});
  const ours = new Set(resources.flatMap(([, resource]) => schemaPlace(resource) ?? []));
  // What holds something comes after it, and is judged by what of that is deleted.
  for (const [id, resource] of resources.sort(([, a], [, b]) => rank(a.Type) - rank(b.Type))) {
    const { Type: type, DeletionPolicy } = resource;
    const kind = dataKinds[type];
    const name = serviceName(resource);
    if (!isRetaining(DeletionPolicy) || name === undefined) continue;
    const what = resourceWords(id, resource);
    if (type === 'AWS::Glue::Schema' && deletes.some((one) => one.type === 'AWS::Glue::Registry')) continue;
    if (!kind) {
      spares.push({ what, reason: 'is of a kind that is deleted in the console' });
      continue;
    }
    const size = await accountCall(synthesized, `look into ${what}`, kind.size(clients, name));
    if (size === undefined) continue;
    const tags =
      kind.tags && (await accountCall(synthesized, `read the tags of ${what}`, kind.tags(clients, name)));
    const reason =
      kind.tags && tags?.[ownTag] !== database
        ? `has no tag ${ownTag} = ${database}, so the platform did not make it`
        : await accountCall(
            synthesized,
            `look whose ${what} is`,
            kind.staysBecause?.(clients, name, ours) ?? Promise.resolve(undefined),
          );
    if (reason !== undefined) {
      spares.push({ what, reason });
      continue;
    }
    deletes.push({ id, type, what, name, size });
    ours.add(name);
  }
  return {
    stack,
    account,
    region,
    deletes,
    spares,
    token: planToken(deletes.map(({ type, name }) => `${type} ${name}`)),
  };
}

/** The place of a type in the order of deletion. What is not deleted comes last. */
const rank = (type: string): number => {
  const place = deletionOrder.indexOf(type);
  return place === -1 ? deletionOrder.length : place;
};

/** `registry/schema` of a registered schema; undefined for other resources. */
function schemaPlace({ Type, Properties = {} }: TemplateResource): string | undefined {
  if (Type !== 'AWS::Glue::Schema') return undefined;
  return `${Object(Properties['Registry']).Name}/${String(Properties['Name'])}`;
}

async function removeAll(
  clients: DeployClients,
  { deletes, stack }: DataPlan,
  onStep: DeleteDataOptions['onStep'],
  signal: AbortSignal | undefined,
): Promise<FailedResource[]> {
  const failed: FailedResource[] = [];
  for (const [done, { type, what, name }] of deletes.entries()) {
    const interrupted = () =>
      new HeadwaterError('INTERRUPTED', {
        during: `the deletion of the data of ${stack}`,
        left: `${done - failed.length} of ${deletes.length} are deleted`,
      });
    if (signal?.aborted) throw interrupted();
    const step = (doing: string, isComplete: boolean): void =>
      onStep?.({ doing, isComplete, done: isComplete ? done + 1 : done, total: deletes.length });
    step(`deleting ${what}`, false);
    try {
      const onRemoved = (count: number): void => step(`deleting ${what}: ${count} objects are gone`, false);
      await dataKinds[type]?.remove(clients, name, { onRemoved, signal });
      step(`deleting ${what}`, true);
    } catch (error) {
      // The last one too: what was stopped is not deleted.
      if (signal?.aborted) throw interrupted();
      failed.push({ resource: what, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return failed;
}
