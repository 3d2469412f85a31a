import type { GlueSerdeInfo } from './glue-table-input.ts';

/** How files of one format are read, in Hive's classes. */
export interface HiveFormat {
  readonly InputFormat: string;
  readonly OutputFormat: string;
  readonly SerdeInfo: GlueSerdeInfo;
  /** Table parameters that go with it; `classification` is for Glue's own jobs and crawlers. */
  readonly parameters: Readonly<Record<string, string>>;
}

const text = {
  InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

/** The formats of the lake and of what lands before it (https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html). */
export const fileFormats = {
  parquet: {
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: {
      SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      Parameters: { 'serialization.format': '1' },
    },
    parameters: { classification: 'parquet', 'parquet.compression': 'ZSTD' },
  },
  csv: {
    ...text,
    SerdeInfo: {
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde',
      // The escape sign has to be one that no file holds: a quote is doubled, and a backslash is a backslash. Naming
      // the quote sign here would make it a backslash again.
      Parameters: { separatorChar: ',', quoteChar: '"', escapeChar: '\u007f' },
    },
    parameters: { classification: 'csv' },
  },
  json: {
    ...text,
    SerdeInfo: {
      // Not OpenX's, of which AWS warns that rows may be missing or double
      // (https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html).
      SerializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe',
      Parameters: { 'serialization.format': '1' },
    },
    parameters: { classification: 'json' },
  },
} as const satisfies Readonly<Record<string, HiveFormat>>;

/** The name of a format. */
export type FileFormat = keyof typeof fileFormats;
