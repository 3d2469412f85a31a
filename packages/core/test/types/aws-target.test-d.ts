import {
  type AwsConfig,
  awsTarget,
  deriveIamPolicy,
  deriveLakeFormation,
  type TableSchema,
} from '../../src/index.ts';

declare const awsConfig: AwsConfig;
declare const schema: TableSchema;
const target = awsTarget(awsConfig);

// The last day is a text, and may be left out.
awsTarget({ ...awsConfig, lastDay: '2024-12-31' }).lastDay satisfies string | undefined;
// @ts-expect-error a day is no Date
awsTarget({ ...awsConfig, lastDay: new Date() });

// Readers who may not see every column are of a known class, and policies know how Athena gets at files.
awsTarget({ ...awsConfig, permissionClasses: ['no_pii', 'no_direct_pii'] });
// @ts-expect-error no such class
awsTarget({ ...awsConfig, permissionClasses: ['everyone'] });
deriveIamPolicy([schema], target, 'analyst', { permissionClass: 'no_pii', access: 'lake-formation' });
// @ts-expect-error no such access
deriveIamPolicy([schema], target, 'analyst', { access: 'direct' });
// @ts-expect-error tags and filters are not combined
deriveLakeFormation(schema, target, { by: ['tags', 'filters'] });
