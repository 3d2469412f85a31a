import { HeadwaterError } from '@headwater/core';
import { assertSource } from '@headwater/core/internal';
import { assertShare } from '../load/assert-quarantine.ts';
import { loadFound } from '../load/load-events.ts';
import type { AdoptedPart, AdoptOptions, AdoptReport } from './adopt-report.ts';
import { findPart } from './find-part.ts';
import { type LandingPart, landingPartNames, landingParts } from './landing-part.ts';

/**
 * Adopts what a delivery stream left in its landing folder: rewrites it into the lake's form, with the accounting of a load. Firehose
 * cannot commit a manifest, so this is what puts batch and stream into one table.
 *
 * - Every file is an input of a load: it is known by its content, and adopted once, however often this runs or is stopped.
 * - Times of the files are INT96, which have no statistics; in the lake they are milliseconds that have.
 * - Records that failed are cleaned as if they had just come: those that nothing is wrong with (the stream had too many folders, or its
 *   table was missing) are events, and the others are in the quarantine with their raw text and reasons, for `etl replay`. So no limit
 *   of rejected rows applies to them.
 * - A record that Firehose delivered twice is a duplicate.
 *
 * Objects of Firehose appear whole. What arrives while this runs is found by the next run.
 *
 * @throws HeadwaterError `INPUT_NOT_FOUND` for a folder without any of the parts, `FIREHOSE_UNSUPPORTED` for a table that explodes a list, and
 *   as `loadEvents`
 * @example
 * ```ts
 * const { landing } = streamPlace('clickstream', target);
 * const report = await adoptLanding({ table: clickstream, lake: 's3://shop-lake/events', aws: target, landing });
 * // report.rowsIn === report.rowsOut + report.duplicates + report.quarantined + report.filtered
 * ```
 */
export async function adoptLanding({ landing: given, as, ...options }: AdoptOptions): Promise<AdoptReport> {
  const { table, lake, aws, source, dryRun = false } = options;
  assertShare('maxQuarantine', options.maxQuarantine);
  assertSource(table.schema, source);
  const landing = given.endsWith('/') ? given : `${given}/`;
  const parts: AdoptedPart[] = [];
  for (const part of as === undefined ? landingPartNames : [as]) {
    const found = await findPart(part, { landing, as, lake, aws });
    if (!found) continue;
    const { format, schema } = landingParts[part];
    const file = schema(table.schema, source);
    const report = await loadFound(
      {
        ...options,
        inputs: [landing],
        format,
        source: file.source,
        ...(format === 'jsonl' ? { maxQuarantine: 1 } : {}),
      },
      file,
      { ...found, listedAt: undefined },
    );
    parts.push({ part, report });
  }
  if (parts.length === 0) throw nothingIn(landing, as);
  const sum = (count: (report: AdoptedPart['report']) => number): number =>
    parts.reduce((total, { report }) => total + count(report), 0);
  return {
    table: table.schema.name,
    lake,
    landing,
    dryRun,
    rowsIn: sum(({ rowsIn }) => rowsIn),
    rowsOut: sum(({ rowsOut }) => rowsOut),
    duplicates: sum(({ duplicates }) => duplicates),
    quarantined: sum(({ quarantined }) => quarantined),
    filtered: sum(({ filtered }) => filtered),
    parts,
  };
}

function nothingIn(landing: string, as: LandingPart | undefined): HeadwaterError<'INPUT_NOT_FOUND'> {
  const folders = [...new Set(landingPartNames.map((part) => `${landingParts[part].folder}/`))];
  return new HeadwaterError('INPUT_NOT_FOUND', {
    input: landing,
    leftOut:
      as === undefined
        ? [`what is not below ${folders.join(', ')}: say what it is by --as (${landingPartNames.join(', ')})`]
        : [`no file of ${as}`],
  });
}
