// The shapes of the Glue API (https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html) as far as tables need
// them, with the API's names. They are assignable to the types of @aws-sdk/client-glue, so the lists are not readonly.

/** A column, or a partition key. */
export interface GlueColumn {
  readonly Name: string;
  readonly Type: string;
  readonly Comment?: string;
  readonly Parameters?: Record<string, string>;
}

/** How the bytes of a file become rows. */
export interface GlueSerdeInfo {
  readonly SerializationLibrary: string;
  readonly Parameters: Record<string, string>;
}

/** The location and the format of the files. */
export interface GlueStorageDescriptor {
  readonly Columns: GlueColumn[];
  readonly Location: string;
  readonly InputFormat: string;
  readonly OutputFormat: string;
  readonly Compressed: boolean;
  readonly NumberOfBuckets: number;
  readonly SerdeInfo: GlueSerdeInfo;
  readonly StoredAsSubDirectories: boolean;
}

/** The input of `CreateTable` and `UpdateTable`. An update replaces the whole table. */
export interface GlueTableInput {
  readonly Name: string;
  readonly Description?: string;
  readonly TableType: 'EXTERNAL_TABLE';
  readonly Parameters: Record<string, string>;
  readonly StorageDescriptor: GlueStorageDescriptor;
  readonly PartitionKeys: GlueColumn[];
}
