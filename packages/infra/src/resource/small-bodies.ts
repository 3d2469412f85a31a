import type { CompatibilityMode, GlueSchemaInput } from '@headwater/core';
import type { CatalogInput } from '@headwater/publish';

// Inputs of API calls that have no derivation of their own.

/** The input of Glue's CreateDatabase (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDatabase.html). */
export interface DatabaseBody {
  /** The account. CloudFormation requires it, where the API has a default. */
  readonly CatalogId: string;
  readonly DatabaseInput: {
    readonly Name: string;
    readonly LocationUri: string;
    /** Empty: Lake Formation decides about new tables, and IAM does not. Absent: the account's defaults. */
    readonly CreateTableDefaultPermissions?: readonly never[];
  };
}

/** The input of Glue's CreateTable (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html). */
export interface TableBody {
  readonly CatalogId: string;
  readonly DatabaseName: string;
  readonly TableInput: CatalogInput;
}

/** The input of Glue's CreateRegistry (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateRegistry.html). */
export interface RegistryInput {
  readonly RegistryName: string;
  readonly Description?: string;
  readonly Tags?: Readonly<Record<string, string>>;
}

/** The input of Glue's CreateSchema, in the mode of the config. */
export interface SchemaBody extends Omit<GlueSchemaInput, 'Compatibility'> {
  readonly Compatibility: CompatibilityMode;
}

/** The input of Athena's CreateNamedQuery (https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html). */
export interface NamedQueryInput {
  readonly Name: string;
  readonly Description: string;
  readonly Database: string;
  readonly WorkGroup: string;
  readonly QueryString: string;
}
