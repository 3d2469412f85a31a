/** A file format, as Hive's classes that read it. */
export interface HiveFormat {
  readonly inputFormat: string;
  readonly outputFormat: string;
  /** The class that turns the bytes of a file into rows, with its settings. */
  readonly serde: { readonly library: string; readonly parameters: Readonly<Record<string, string>> };
  /** Table parameters of the format. Glue's own jobs and crawlers read `classification`. */
  readonly parameters: Readonly<Record<string, string>>;
}

const text = {
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
};

/** The formats of the lake and of raw files (https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html). */
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
      // Our CSV doubles a quote and has no escape character, but the SerDe needs one: use a character that no file contains.
      // With the quote character itself, the SerDe falls back to the backslash.
      parameters: { separatorChar: ',', quoteChar: '"', escapeChar: '\u007f' },
    },
    parameters: { classification: 'csv' },
  },
  json: {
    ...text,
    serde: {
      // Not the OpenX SerDe: AWS warns that it may lose or duplicate rows
      // (https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html).
      library: 'org.apache.hive.hcatalog.data.JsonSerDe',
      parameters: { 'serialization.format': '1' },
    },
    parameters: { classification: 'json' },
  },
} as const satisfies Readonly<Record<string, HiveFormat>>;

/** The name of a format. */
export type FileFormat = keyof typeof fileFormats;
