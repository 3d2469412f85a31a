import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';

const policy = z.enum(['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot']);

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  DeletionPolicy: policy.optional(),
  UpdateReplacePolicy: policy.optional(),
  Metadata: z.unknown().optional(),
  CreationPolicy: z.unknown().optional(),
  UpdatePolicy: z.unknown().optional(),
});

const parameter = z.object({
  Type: z.string(),
  Default: z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number().transform(String)])).optional(),
  AllowedPattern: z.string().optional(),
  NoEcho: z.unknown().optional(),
  Description: z.string().optional(),
});

const output = z.object({
  Value: z.unknown().optional(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.object({ Name: z.unknown() }).optional(),
});

const template = z.object({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Parameters: z.record(z.string(), parameter).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Rules: z.unknown().optional(),
  Resources: z
    .record(z.string(), resource)
    .refine((all) => Object.keys(all).length > 0, 'At least one Resources member must be defined.'),
  Outputs: z.record(z.string(), output).default({}),
});

/** A template of CloudFormation, as CDK writes it. */
export type Template = z.output<typeof template>;

/** A resource of a {@link Template}. */
export type TemplateResource = z.output<typeof resource>;

/**
 * Checks the value of a template.
 *
 * @throws AwsError ValidationError, with the place of the first fault
 */
export function parseTemplate(value: unknown): Template {
  const read = template.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AwsError(
    'ValidationError',
    `Template format error: ${issue?.message} at /${issue?.path.join('/')}`,
  );
}
