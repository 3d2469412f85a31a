import type { TemplateResource } from './synthesize.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'eu-central-1',
};

/** The policy of each bucket of a template, by the bucket's name, with the texts that CloudFormation would put in. */
export function bucketPolicies(resources: Resources): ReadonlyMap<string, object> {
  const nameOf = (id: string): string => String(resources[id]?.Properties['BucketName'] ?? '');
  const settled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(settled);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined, ...others } = value as Record<string, unknown>;
    if (typeof Ref === 'string') return pseudo[Ref] ?? nameOf(Ref);
    if (Array.isArray(attribute)) return `arn:aws:s3:::${nameOf(String(attribute[0]))}`;
    if (Array.isArray(joined)) return (joined[1] as unknown[]).map(settled).join(String(joined[0]));
    return Object.fromEntries(Object.entries(others).map(([key, one]) => [key, settled(one)]));
  };
  return new Map(
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::S3::BucketPolicy')
      .map(({ Properties }) => [
        String(settled(Properties['Bucket'])),
        settled(Properties['PolicyDocument']) as object,
      ]),
  );
}
