import type { ContextEntry } from '@aws-sdk/client-iam';
import { type AwsTarget, deriveIamPolicy, isHeadwaterError, type PolicyRole } from '@headwater/core';
import { type PlatformConfig, platformFacts } from '@headwater/infra/prices';
import { isDenied, problemText } from '../../aws/refused.ts';
import type { ServiceClients } from '../../aws/service-clients.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { counted } from '../../output/figures.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, type AccountFacts, bad, good, note } from './account-check.ts';
import { harmlessCalls } from './harmless-calls.ts';

type Statement = ReturnType<typeof deriveIamPolicy>['policy']['Statement'][number];

/** Stands for what a pattern leaves open. */
const sample = 'headwater-doctor';

/** Refused calls that a finding names; it counts the others. */
const named = 6;

/** Whether the caller may make the calls of a role, by simulation of its policies; where that is not allowed, by harmless calls. */
export const permissionCheck: AccountCheck = {
  name: 'permissions',
  async run(facts) {
    const { role, caller, config, target } = facts;
    if (role === undefined || caller === undefined) return [];
    const statements = statementsOf(role, config, target);
    const name = `permissions of ${role}`;
    let principal: string;
    try {
      principal = await principalOf(facts.clients, caller);
      return [simulated(name, principal, await refusedCalls(facts, principal, statements))];
    } catch (error) {
      if (!isDenied(error) && !(error instanceof UnknownPrincipal)) throw error;
      const why = isDenied(error)
        ? 'the caller may not simulate policies (iam:SimulatePrincipalPolicy)'
        : problemText(error);
      return byHarmlessCalls(name, why, facts);
    }
  },
};

/** The statements of every table's policy, each once: one policy of all tables may be longer than AWS takes. */
function statementsOf(role: PolicyRole, config: LoadedConfig, target: AwsTarget): Statement[] {
  const all = config.tables.flatMap(
    ({ schema }) => deriveIamPolicy([schema], target, role, optionsOf(role, config)).policy.Statement,
  );
  return [...new Map(all.map((statement) => [JSON.stringify(statement), statement])).values()];
}

/** Loads read what lands, as the platform of the config has it. Without a platform they read the lake and the stream's landing alone. */
function optionsOf(role: PolicyRole, config: LoadedConfig): { readonly landing?: readonly string[] } {
  if (role !== 'etl' && role !== 'spark-job') return {};
  try {
    const { landing } = platformFacts(config as PlatformConfig);
    return { landing: config.tables.map(({ name }) => landing(name)) };
  } catch (error) {
    if (isHeadwaterError(error)) return {};
    throw error;
  }
}

class UnknownPrincipal extends Error {}

/** A session of a role is simulated as its role, whose ARN may have a path that the session's lacks. */
async function principalOf({ iam }: ServiceClients, caller: string): Promise<string> {
  if (/^arn:[^:]+:iam::\d+:user\//.test(caller)) return caller;
  const [, partition = '', account = '', name] =
    /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? [];
  if (name === undefined)
    throw new UnknownPrincipal(`${caller} is no role and no user, whose policies can be simulated`);
  const { GetRoleCommand } = await import('@aws-sdk/client-iam');
  return iam.send(new GetRoleCommand({ RoleName: name })).then(
    ({ Role }) => Role?.Arn ?? '',
    () => `arn:${partition}:iam::${account}:role/${name}`,
  );
}

async function refusedCalls(
  { clients: { iam }, signal }: AccountFacts,
  PolicySourceArn: string,
  statements: readonly Statement[],
): Promise<{ readonly asked: number; readonly refused: string[] }> {
  const { paginateSimulatePrincipalPolicy } = await import('@aws-sdk/client-iam');
  const refused = new Set<string>();
  let asked = 0;
  for (const { Action, Resource, Condition } of statements) {
    signal.throwIfAborted();
    const pages = paginateSimulatePrincipalPolicy(
      { client: iam },
      {
        PolicySourceArn,
        ActionNames: Action,
        ResourceArns: Resource.map((arn) => (arn === '*' ? arn : arn.replaceAll('*', sample))),
        ContextEntries: contextOf(Condition),
      },
    );
    for await (const { EvaluationResults = [] } of pages)
      for (const { EvalActionName, EvalResourceName, EvalDecision } of EvaluationResults) {
        if (!fits(EvalActionName ?? '', EvalResourceName ?? '')) continue;
        asked += 1;
        if (EvalDecision !== 'allowed') refused.add(`${EvalActionName} on ${EvalResourceName}`);
      }
  }
  return { asked, refused: [...refused] };
}

/**
 * Whether an action is ever checked against a resource of its statement. Glue's actions on a table are checked against its database and
 * the catalog as well; those on a database never against a table, those on a registry never against a schema.
 */
const fits = (action: string, resource: string): boolean =>
  !(/^glue:\w+Databases?$/.test(action) && resource.includes(':table/')) &&
  !(/^glue:\w+Registry$/.test(action) && resource.includes(':schema/'));

/** The context in which a statement allows what it allows. */
const contextOf = (conditions: Statement['Condition'] = {}): ContextEntry[] =>
  Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys ?? {}).map(([ContextKeyName, values]) => {
      const given = values.map((value) => value.replaceAll('*', sample));
      return operator.startsWith('ForAnyValue')
        ? { ContextKeyName, ContextKeyValues: given, ContextKeyType: 'stringList' as const }
        : { ContextKeyName, ContextKeyValues: given.slice(0, 1), ContextKeyType: 'string' as const };
    }),
  );

function simulated(
  name: string,
  principal: string,
  { asked, refused }: { readonly asked: number; readonly refused: readonly string[] },
): Finding {
  if (refused.length === 0)
    return good(name, `${principal} may make all ${counted(asked, 'call')} of it, by simulation`);
  const more = refused.length > named ? `, and ${refused.length - named} more` : '';
  return bad(
    name,
    `${principal} may not make ${refused.length} of ${counted(asked, 'call')}: ${refused.slice(0, named).join('; ')}${more}. ` +
      `Attach the policy that headwater derive iam-policy --role ${name.split(' ').at(-1)} prints`,
  );
}

/** What can be tried without a change: each call reads names or settings, and no row. */
async function byHarmlessCalls(name: string, why: string, facts: AccountFacts): Promise<Finding[]> {
  const calls = harmlessCalls(facts);
  const results = await Promise.all(
    calls.map(async ({ action, run }) => {
      const outcome = await run().then(
        () => 'allowed' as const,
        (error: unknown) => (isDenied(error) ? ('refused' as const) : ('unclear' as const)),
      );
      return { action, outcome };
    }),
  );
  const of = (outcome: string): string[] =>
    results.filter((result) => result.outcome === outcome).map(({ action }) => action);
  const refused = of('refused');
  const tried = `${why}, so ${counted(calls.length, 'harmless call')} stand for it`;
  if (calls.length === 0)
    return [note(name, `${why}, and it makes no call that changes nothing: not checked`)];
  if (refused.length > 0) return [bad(name, `${tried}; refused: ${refused.join(', ')}`)];
  const unclear = of('unclear');
  const rest = unclear.length > 0 ? `; without an answer: ${unclear.join(', ')}` : '';
  return [note(name, `${tried}; allowed: ${of('allowed').join(', ')}${rest}. What writes was not tried`)];
}
