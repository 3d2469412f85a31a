import { createHash } from 'node:crypto';
import { accountCall, type Place } from '../aws/account-call.ts';
import type { DeployClients } from '../aws/deploy-clients.ts';
import { type LiveResource, type LiveStack, liveResources } from '../aws/live-stack.ts';
import { dataOf, kindWords, resourceWords, serviceName } from '../stack/resource-kinds.ts';
import { isRetaining } from '../stack/stack-template.ts';
import { type DataSize, dataKinds } from './data-kinds.ts';

/** A resource that goes with the stack. */
export interface DeletedResource {
  readonly id: string;
  readonly type: string;
  readonly what: string;
  /** What resources of its type are called. */
  readonly kind: string;
  /** What is lost with it, in words; null where a deployment makes all of it again. */
  readonly loses: string | null;
}

/** A resource that stays when the stack goes, with what is in it. */
export interface KeptResource {
  readonly id: string;
  readonly type: string;
  readonly what: string;
  /** Null for a resource that holds nothing that is counted. */
  readonly size: DataSize | null;
}

/** What the deletion of a stack deletes, and what stays. */
export interface DestroyPlan extends Place {
  readonly stack: string;
  readonly deletes: readonly DeletedResource[];
  readonly keeps: readonly KeptResource[];
  /** What confirms this plan and no other. */
  readonly token: string;
}

/** What would go and what would stay. Sizes are looked up, but are no part of the token: they change while somebody reads. */
export async function planDestroy(
  clients: DeployClients,
  place: Place & { readonly stack: string },
  live: LiveStack,
): Promise<DestroyPlan> {
  const { stack, account, region } = place;
  const resources = await accountCall(
    place,
    `read the resources of ${stack}`,
    liveResources(clients.cloudFormation, stack),
  );
  const words = ({ id, type, name }: LiveResource): string => {
    const resource = live.template.Resources?.[id];
    return resource ? resourceWords(id, resource) : `${type} ${name}`;
  };
  const stays = ({ id }: LiveResource): boolean => isRetaining(live.template.Resources?.[id]?.DeletionPolicy);
  const keeps: KeptResource[] = [];
  for (const one of resources.filter(stays)) {
    const { id, type } = one;
    // What CloudFormation calls a resource is an ARN for some types.
    const resource = live.template.Resources?.[id];
    const name = (resource && serviceName(resource)) ?? one.name;
    const size = await accountCall(place, `look into ${words(one)}`, sizeOf(clients, type, name));
    keeps.push({ id, type, what: words(one), size });
  }
  const deletes = resources
    .filter((one) => !stays(one))
    .map((one) => ({
      id: one.id,
      type: one.type,
      what: words(one),
      kind: kindWords(one.type),
      loses: dataOf(one.type) ?? null,
    }));
  return {
    stack,
    account,
    region,
    deletes,
    keeps,
    token: planToken([live.id, ...deletes.map(({ id }) => `- ${id}`), ...keeps.map(({ id }) => `+ ${id}`)]),
  };
}

const sizeOf = async (clients: DeployClients, type: string, name: string): Promise<DataSize | null> =>
  (await dataKinds[type]?.size(clients, name)) ?? null;

/** A short token of what was shown. */
export const planToken = (facts: readonly string[]): string =>
  createHash('sha256')
    .update([...facts].sort().join('\n'))
    .digest('hex')
    .slice(0, 8);
