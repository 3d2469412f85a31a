import type { TableSchema } from '@headwater/core';
import { type FileSchema, fileSchema, landedSchema } from '@headwater/core/internal';
import type { InputFormat } from '../input/input-file.ts';

/**
 * A part of what a delivery stream leaves in its landing folder:
 *
 * - `cleaned`: Parquet files of events that a transform cleaned.
 * - `records`: Parquet files of records as they came, every column as text.
 * - `failed`: records that were not delivered: the transform rejected them, a folder could not be found, or they were no JSON.
 * - `unconverted`: events that a transform cleaned, and that were not converted to Parquet.
 */
export type LandingPart = 'cleaned' | 'records' | 'failed' | 'unconverted';

/** How a part is found, and how its files are read. */
interface PartReading {
  /** The folder below the landing folder. */
  readonly folder: string;
  readonly format: InputFormat;
  /** Whether a file of the folder is of the part, by its path below the folder. */
  has(path: string): boolean;
  /** @param source the source of the table that records are of */
  schema(table: TableSchema, source: string | undefined): FileSchema;
}

const isUnconverted = (path: string): boolean => /^cleaned\/(?!processing-failed\/)/.test(path);

/**
 * The parts. Firehose writes the record itself beside an error: as it came when the transform failed it, and as the transform wrote it when
 * the conversion failed.
 */
export const landingParts: Readonly<Record<LandingPart, PartReading>> = {
  cleaned: {
    folder: 'cleaned',
    format: 'parquet',
    has: () => true,
    schema: (table) => landedSchema(table, 'cleaned'),
  },
  records: {
    folder: 'records',
    format: 'parquet',
    has: () => true,
    schema: (table, source) => landedSchema(table, 'records', source),
  },
  failed: {
    folder: 'errors',
    format: 'jsonl',
    has: (path) => !isUnconverted(path),
    schema: fileSchema,
  },
  unconverted: {
    folder: 'errors',
    format: 'jsonl',
    has: isUnconverted,
    schema: (table) => landedSchema(table, 'cleaned'),
  },
};

/** Every part, in the order in which they are adopted. */
export const landingPartNames = Object.keys(landingParts) as readonly LandingPart[];
