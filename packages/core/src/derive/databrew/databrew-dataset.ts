import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { LandingFormat } from '../../catalog/published-services.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import {
  type DataBrewPlaces,
  type DataBrewS3Location,
  dataBrewName,
  dataBrewPlaces,
  s3Location,
} from './databrew-place.ts';

/** The input of DataBrew's CreateDataset (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateDataset.html). */
export interface DataBrewDataset {
  readonly Name: string;
  readonly Format: 'CSV' | 'JSON' | 'PARQUET';
  readonly FormatOptions?: {
    readonly Csv?: { readonly Delimiter: string; readonly HeaderRow: boolean };
    readonly Json?: { readonly MultiLine: boolean };
  };
  readonly Input: { readonly S3InputDefinition: DataBrewS3Location };
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewDataset}. */
export interface DataBrewDatasetOptions extends Pick<DataBrewPlaces, 'landing' | 'format'> {
  /** CSV: the character between fields. Defaults to a comma. */
  readonly delimiter?: string | undefined;
}

const formats = {
  csv: ({ delimiter = ',' }) => ({
    Format: 'CSV',
    FormatOptions: { Csv: { Delimiter: delimiter, HeaderRow: true } },
  }),
  // One document a line.
  json: () => ({ Format: 'JSON', FormatOptions: { Json: { MultiLine: false } } }),
  parquet: () => ({ Format: 'PARQUET' }),
} satisfies Record<
  LandingFormat,
  (options: DataBrewDatasetOptions) => Pick<DataBrewDataset, 'Format' | 'FormatOptions'>
>;

/**
 * The landing files of a table as a dataset: the input of DataBrew's CreateDataset. CSV has a header line, and JSON a document a line.
 *
 * @throws HeadwaterError `OPTION_INVALID` when a folder is not valid ({@link dataBrewPlaces}), or `delimiter` is not one character
 * @example deriveDataBrewDataset(clickstream.schema, target, { landing: 's3://shop-landing/clickstream/', format: 'json' })
 * // { Name: 'headwater-shop-clickstream', Format: 'JSON', FormatOptions: { Json: { MultiLine: false } },
 * //   Input: { S3InputDefinition: { Bucket: 'shop-landing', Key: 'clickstream/', BucketOwner: '123456789012' } }, Tags: ... }
 */
export function deriveDataBrewDataset(
  { name: table }: TableSchema,
  target: AwsTarget,
  options: DataBrewDatasetOptions = {},
): DataBrewDataset {
  const { landing, format } = dataBrewPlaces(target, table, options);
  const { delimiter } = options;
  // https://docs.aws.amazon.com/databrew/latest/dg/API_CsvOptions.html
  if (delimiter !== undefined && delimiter.length !== 1)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'delimiter',
      value: JSON.stringify(delimiter),
      expected: 'one character',
    });
  return {
    Name: dataBrewName(target, table),
    ...formats[format](options),
    Input: { S3InputDefinition: s3Location(target, landing) },
    Tags: tableTags(target, table),
  };
}
