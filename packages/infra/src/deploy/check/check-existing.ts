import { accountCall } from '../aws/account-call.ts';
import { type DeployClients, unlessMissing } from '../aws/deploy-clients.ts';
import { nameOf } from '../stack/resource-kinds.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import { outsideFix } from './check-tables.ts';
import type { DeployProblem } from './deploy-problem.ts';

interface ExistingCheck {
  /** The logical ids of the resources that the live stack has. */
  readonly owned: ReadonlySet<string>;
  /** Whether what exists outside of the stack is to be taken into it, where CloudFormation can. */
  readonly adopt: boolean;
}

type Existing = 'none' | 'ours' | 'of somebody else';

/** Finds the buckets, and the database of Glue, that the stack would make and that exist: CloudFormation would fail half-way. */
export async function checkExisting(
  clients: DeployClients,
  synthesized: SynthesizedStack,
  { owned, adopt }: ExistingCheck,
): Promise<readonly DeployProblem[]> {
  const problems: DeployProblem[] = [];
  for (const [id, resource] of Object.entries(synthesized.template.Resources ?? {})) {
    const name = nameOf(resource);
    if (owned.has(id) || name === undefined) continue;
    if (resource.Type === 'AWS::S3::Bucket') {
      const existing = await accountCall(
        synthesized,
        `look for the bucket ${name}`,
        bucketState(clients, name),
      );
      problems.push(...bucketProblems(name, existing, adopt));
    }
    if (resource.Type === 'AWS::Glue::Database') {
      const exists = await accountCall(
        synthesized,
        `look for the database ${name}`,
        hasDatabase(clients, name),
      );
      if (exists)
        problems.push({
          problem: `The database ${name} exists in Glue, and is not in the stack`,
          fix: outsideFix,
        });
    }
  }
  return problems;
}

function bucketProblems(name: string, existing: Existing, adopt: boolean): DeployProblem[] {
  if (existing === 'of somebody else')
    return [
      {
        problem: `The bucket ${name} belongs to another account, or these credentials may not see it`,
        fix: 'Choose another name in the config, or use credentials that may',
      },
    ];
  if (existing === 'none' || adopt) return [];
  return [
    {
      problem: `The bucket ${name} exists, and is not in the stack`,
      fix: `Give --adopt to take it into the stack as it is, with its objects; or write infra: { existingBuckets: ['${name}'] } in the config, and the stack uses it and never changes it`,
    },
  ];
}

async function bucketState({ s3 }: DeployClients, name: string): Promise<Existing> {
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  try {
    return (await unlessMissing(s3.send(new HeadBucketCommand({ Bucket: name })))) ? 'ours' : 'none';
  } catch (error) {
    // Without a body, S3 says no more than the status: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
    if (statusOf(error) === 403) return 'of somebody else';
    throw error;
  }
}

const statusOf = (error: unknown): unknown =>
  error instanceof Error && '$metadata' in error ? Object(error.$metadata).httpStatusCode : undefined;

async function hasDatabase({ glue }: DeployClients, name: string): Promise<boolean> {
  const { GetDatabaseCommand } = await import('@aws-sdk/client-glue');
  return (await unlessMissing(glue.send(new GetDatabaseCommand({ Name: name })))) !== undefined;
}
