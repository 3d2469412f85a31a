/** How files of one format are read, in Hive's classes. */
export interface HiveFormat {
  readonly inputFormat: string;
  readonly outputFormat: string;
  /** The class that turns the bytes of a file into rows, and what it is set to. */
  readonly serde: { readonly library: string; readonly parameters: Readonly<Record<string, string>> };
  /** Table parameters that go with it; `classification` is for Glue's own jobs and crawlers. */
  readonly parameters: Readonly<Record<string, string>>;
}

const text = {
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

/** The formats of the lake and of what lands before it (https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html). */
export const fileFormats = {
  parquet: {
    inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    serde: {
      library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      parameters: { 'serialization.format': '1' },
    },
    parameters: { classification: 'parquet', 'parquet.compression': 'ZSTD' },
  },
  csv: {
    ...text,
    serde: {
      library: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
      // The escape sign has to be one that no file holds: a quote is doubled, and a backslash is a backslash. Naming
      // the quote sign here would make it a backslash again.
      parameters: { separatorChar: ',', quoteChar: '"', escapeChar: '\u007f' },
    },
    parameters: { classification: 'csv' },
  },
  json: {
    ...text,
    serde: {
      // Not OpenX's, of which AWS warns that rows may be missing or double
      // (https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html).
      library: 'org.apache.hive.hcatalog.data.JsonSerDe',
      parameters: { 'serialization.format': '1' },
    },
    parameters: { classification: 'json' },
  },
} as const satisfies Readonly<Record<string, HiveFormat>>;

/** The name of a format. */
export type FileFormat = keyof typeof fileFormats;
