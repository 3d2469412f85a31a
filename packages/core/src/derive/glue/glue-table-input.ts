// The shapes of the Glue API (https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html) as far as tables need
// them. The API's own word for each; assignable to those of @aws-sdk/client-glue, which is why the lists are not readonly.

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

/** Where the files are and what is in them. */
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

/** What `CreateTable` and `UpdateTable` take: an update replaces the whole of it. */
export interface GlueTableInput {
  readonly Name: string;
  readonly Description?: string;
  readonly TableType: 'EXTERNAL_TABLE';
  readonly Parameters: Record<string, string>;
  readonly StorageDescriptor: GlueStorageDescriptor;
  readonly PartitionKeys: GlueColumn[];
}
