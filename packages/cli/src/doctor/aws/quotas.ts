import { grouped } from '../../output/figures.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, type AccountFacts, good, note, unasked } from './account-check.ts';

interface Quota {
  readonly name: string;
  readonly service: string;
  /** As Service Quotas calls it. */
  readonly code: string;
  readonly words: string;
  /** With less than this, the platform is likely to be throttled. */
  readonly least: number;
  readonly otherwise: string;
}

/** The quotas that a platform meets first. Codes are the same in every account. */
const quotas: readonly Quota[] = [
  {
    name: 'quota of Lambda',
    service: 'lambda',
    code: 'L-B99A9384',
    words: 'calls of functions at once, over the account',
    // A new account may have ten.
    least: 100,
    otherwise: 'Functions of the stream and everything else in the account share them; ask for 1,000',
  },
  {
    name: 'quota of Athena',
    service: 'athena',
    code: 'L-FC5F6546',
    words: 'queries at once (Active DML queries)',
    least: 20,
    otherwise: 'A dashboard asks a dozen at once, and others wait; ask for more',
  },
  {
    name: 'quota of Glue',
    service: 'glue',
    code: 'L-08F3B322',
    words: 'DPUs at once (Max task DPUs)',
    least: 20,
    otherwise: 'A load of some gigabytes takes ten workers; ask for more',
  },
];

/** Quotas of the services that loads, queries and streams use. */
export const quotaCheck: AccountCheck = {
  name: 'quotas',
  async run(facts) {
    const asked = await Promise.all(quotas.map((quota) => serviceQuota(facts, quota)));
    return [...asked, ...(facts.target.stream === undefined ? [] : [await shards(facts)])];
  },
};

async function serviceQuota({ clients: { quotas: client } }: AccountFacts, quota: Quota): Promise<Finding> {
  const { GetServiceQuotaCommand } = await import('@aws-sdk/client-service-quotas');
  const { name, service, code, words, least, otherwise } = quota;
  try {
    const { Quota } = await client.send(
      new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }),
    );
    if (Quota?.Value === undefined) return note(name, 'not checked: Service Quotas gives no value');
    const found = `${grouped(Quota.Value)} ${words}`;
    return Quota.Value < least
      ? note(name, `${found}. ${otherwise} (Service Quotas, ${code})`)
      : good(name, found);
  } catch (error) {
    return unasked(name, error, 'servicequotas:GetServiceQuota');
  }
}

/** Kinesis tells its own (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeLimits.html). */
async function shards({ clients: { kinesis } }: AccountFacts): Promise<Finding> {
  const name = 'quota of Kinesis';
  const { DescribeLimitsCommand } = await import('@aws-sdk/client-kinesis');
  try {
    const { ShardLimit = 0, OpenShardCount = 0 } = await kinesis.send(new DescribeLimitsCommand({}));
    const found = `${grouped(OpenShardCount)} of ${grouped(ShardLimit)} shards are used`;
    return OpenShardCount * 10 > ShardLimit * 8
      ? note(name, `${found}. A stream that grows needs as many again while it splits; ask for more`)
      : good(name, found);
  } catch (error) {
    return unasked(name, error, 'kinesis:DescribeLimits');
  }
}
