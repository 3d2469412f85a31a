import { z } from 'zod';
import type { AwsTarget } from '../catalog/aws-target.ts';
import { permissionClasses } from '../catalog/permission-class.ts';
import type { RoleName } from '../table/role-table.ts';
import type { TableSchema } from '../table/table-schema.ts';
import type { StreamingMetric } from './flink/ask-questions.ts';

/**
 * The part of a metric that derivations depend on: roles whose columns it needs or may read, and what it asks of a stream. Metrics of
 * `@headwater/queries` have it.
 */
export interface MetricReads extends StreamingMetric {
  readonly roles: readonly RoleName[];
  /** Every role that it may read if a table has it, including those of break-downs and optional roles. */
  readonly mayRead: readonly RoleName[];
}

/** The input of a derivation, by its needs. Each input includes the one before it. */
export interface DerivationInputs {
  /** A table's definition. */
  readonly schema: { readonly schema: TableSchema };
  /** Adds the place of the table on AWS. */
  readonly target: DerivationInputs['schema'] & { readonly target: AwsTarget };
  /** Adds the tables that the derivation covers. */
  readonly tables: DerivationInputs['target'] & { readonly tables: readonly TableSchema[] };
  /** Adds the metrics by name. */
  readonly metrics: DerivationInputs['tables'] & {
    readonly metrics: Readonly<Partial<Record<string, MetricReads>>>;
  };
}

/** The needs of a derivation. */
export type DerivationNeeds = keyof DerivationInputs;

/** The result of a derivation. */
export interface Derived {
  /** Text to print or to write to a file. It ends in a line end. */
  readonly text: string;
  /** For a policy: the reason for each statement, by its id. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** The text as data, where programs read it as something else than its lines. */
  readonly data?: object;
}

/** One thing that can be derived from a definition. `headwater derive`, its help and its completion follow from these. */
export interface Derivation<
  Needs extends DerivationNeeds = DerivationNeeds,
  Options extends z.ZodObject = z.ZodObject,
> {
  /** One line for a list. */
  readonly description: string;
  /** More details for a help text. */
  readonly details?: string;
  readonly needs: Needs;
  /** Its options, each with a description. An option named `metric` takes the name of a metric. */
  readonly options: Options;
  /** Whether its option `metric` takes a metric. Defaults to every metric. */
  takesMetric?(metric: MetricReads): boolean;
  /** The command that takes the text as a file, such as `aws glue create-table --cli-input-json`. */
  readonly command?: string;
  /** Examples for a help text: options as written on a command line, each with its use. */
  readonly examples?: readonly (readonly [options: string, use: string])[];
  // A method, so that a derivation with particular options is assignable to `Derivation`.
  /** @throws HeadwaterError like the function that it calls */
  derive(input: DerivationInputs[Needs], options: z.output<Options>): Derived;
}

/** The option that names the readers that a derivation is for. */
export const permissionClassOption = z
  .enum(permissionClasses)
  .optional()
  .describe('Readers who may not see every column (default: those who may)');

/** Declares a derivation. The types of its input and of its options reach `derive`. */
export const defineDerivation = <Needs extends DerivationNeeds, Options extends z.ZodObject>(
  derivation: Derivation<Needs, Options>,
): Derivation<Needs, Options> => derivation;

/** A value as JSON text. */
export const jsonText = (value: object): Derived => ({ text: `${JSON.stringify(value, null, 2)}\n` });
