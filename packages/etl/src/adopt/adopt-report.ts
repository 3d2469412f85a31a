import type { Accounting, LoadOptions, LoadReport } from '../load/load-report.ts';
import type { LandingPart } from './landing-part.ts';

/** Options of {@link adoptLanding}. */
export interface AdoptOptions
  extends Omit<
    LoadOptions,
    | 'inputs'
    | 'since'
    | 'lateDays'
    | 'stdin'
    | 'engine'
    | 'format'
    | 'areRecords'
    | 'columns'
    | 'delimiter'
    | 'header'
  > {
  /** The landing folder of a delivery stream: a folder, or `s3://bucket/prefix/`. */
  readonly landing: string;
  /** The part that everything below `landing` is, where it does not have the folders of `deriveFirehose`. */
  readonly as?: LandingPart | undefined;
}

/** What was adopted of one part of a landing folder: the report of a load. */
export interface AdoptedPart {
  readonly part: LandingPart;
  readonly report: LoadReport;
}

/** The result of an adoption: the object that `headwater etl adopt --json` prints. */
export interface AdoptReport extends Omit<Accounting, 'filtered'> {
  readonly table: string;
  readonly lake: string;
  readonly landing: string;
  readonly dryRun: boolean;
  /** Rows that the conditions of the source left out. */
  readonly filtered: number;
  /** The parts that the folder has, in the order in which they were adopted, each in a commit of its own. */
  readonly parts: readonly AdoptedPart[];
}
