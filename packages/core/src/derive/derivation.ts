import type { z } from 'zod';
import type { AwsTarget } from '../catalog/aws-target.ts';
import type { RoleName } from '../table/role-table.ts';
import type { TableSchema } from '../table/table-schema.ts';

/** What a policy needs of a metric: the roles whose columns it needs, and those that it may read. A metric of `@headwater/queries` is one. */
export interface MetricReads {
  readonly roles: readonly RoleName[];
  /** Every role that it may read where a table has it: also for a break-down, or to answer more exactly. */
  readonly mayRead: readonly RoleName[];
}

/** What a derivation is made from, by what it needs. Each needs all that the one before it needs. */
export interface DerivationInputs {
  /** A table's definition. */
  readonly schema: { readonly schema: TableSchema };
  /** Also the place of the table on AWS. */
  readonly target: DerivationInputs['schema'] & { readonly target: AwsTarget };
  /** Also every table that the derivation may be about, and metrics by name. */
  readonly metrics: DerivationInputs['target'] & {
    readonly tables: readonly TableSchema[];
    readonly metrics: Readonly<Partial<Record<string, MetricReads>>>;
  };
}

/** What a derivation needs. */
export type DerivationNeeds = keyof DerivationInputs;

/** What was derived. */
export interface Derived {
  /** Text to print or to write to a file. It ends in a line end. */
  readonly text: string;
  /** Of a policy: why each statement is there, by its id. */
  readonly reasons?: Readonly<Record<string, string>>;
}

/** One thing that can be derived from a definition. `headwater derive`, its help and its completion follow from these. */
export interface Derivation<
  Needs extends DerivationNeeds = DerivationNeeds,
  Options extends z.ZodObject = z.ZodObject,
> {
  /** One line for a list. */
  readonly description: string;
  /** More for a help text. */
  readonly details?: string;
  readonly needs: Needs;
  /** Its options, each with a description. The option `metric`, where there is one, takes the name of a metric. */
  readonly options: Options;
  /** The command that takes the text as a file, such as `aws glue create-table --cli-input-json`. */
  readonly command?: string;
  /** Options worth showing in a help text, as written on a command line, each with its use. */
  readonly examples?: readonly (readonly [options: string, use: string])[];
  // A method, so that a derivation of particular options is also a derivation of any.
  /** @throws HeadwaterError as the function that it calls */
  derive(input: DerivationInputs[Needs], options: z.output<Options>): Derived;
}

/** Declares a derivation: the types of its options and of what it needs reach `derive`. */
export const defineDerivation = <Needs extends DerivationNeeds, Options extends z.ZodObject>(
  derivation: Derivation<Needs, Options>,
): Derivation<Needs, Options> => derivation;

/** A value as JSON text. */
export const jsonText = (value: object): Derived => ({ text: `${JSON.stringify(value, null, 2)}\n` });
