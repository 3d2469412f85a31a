/**
 * The partitions of AWS, each with the names of its regions, as botocore lists them
 * (https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json). Every ARN begins with its partition.
 */
const regionsOf: Readonly<Record<string, RegExp>> = {
  aws: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
  'aws-cn': /^cn-\w+-\d+$/,
  'aws-eusc': /^eusc-(de)-\w+-\d+$/,
  'aws-iso': /^us-iso-\w+-\d+$/,
  'aws-iso-b': /^us-isob-\w+-\d+$/,
  'aws-iso-e': /^eu-isoe-\w+-\d+$/,
  'aws-iso-f': /^us-isof-\w+-\d+$/,
  'aws-us-gov': /^us-gov-\w+-\d+$/,
};

/**
 * The partition of a region. Undefined for a region of no partition in the list.
 * @example partitionOf('cn-north-1') // 'aws-cn'
 */
export const partitionOf = (region: string): string | undefined =>
  Object.entries(regionsOf).find(([, pattern]) => pattern.test(region))?.[0];
