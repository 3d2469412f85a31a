import type { ExpireReport, RollupReport } from '@headwater/etl';
import type { Console } from '../output/console.ts';
import { byteText, counted, durationText, grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import type { WrittenRollups } from './write-rollups.ts';

/** Rollups after a refresh, in a line. */
export function rollupsLine({ rollups, seconds }: RollupReport): string {
  const kept = rollups.filter(({ isKept }) => isKept);
  const written = rollups.reduce((sum, { writtenDays }) => sum + writtenDays, 0);
  return `rollups: ${kept.length} of ${rollups.length} kept, ${counted(written, 'day')} written, ${durationText(seconds)}`;
}

/** What another engine read for a refresh, in a line; none where DuckDB did it. */
export const scannedLines = ({ scan }: WrittenRollups): string[] =>
  scan === undefined
    ? []
    : [`${scan.engine}: ${counted(scan.queries, 'statement')}, scanned ${byteText(scan.scannedBytes)}`];

/** What an erasure or an expiry removed from rollups, in a line; none where it removed nothing. */
export const removedRollupsLines = ({ entries, files }: ExpireReport['rollups']): string[] =>
  entries + files === 0
    ? []
    : [
        `removed from rollups: ${counted(entries, 'stored day')}, ${counted(files, 'file')}; \`headwater lake rollups --refresh\` writes the days that stay`,
      ];

/** Prints each rollup, and the reasons of those that are not kept, for people. */
export async function printRollups(console: Console, { rollups }: RollupReport): Promise<void> {
  if (rollups.length === 0)
    return console.print(
      "No rollups. Name some in the config: rollups: [{ metric: 'revenue', grains: ['day'] }]",
    );
  const right = { align: 'right' } as const;
  const columns = [
    { title: 'rollup' },
    { title: 'days', ...right },
    { title: 'missing', ...right },
    { title: 'outdated', ...right },
    { title: 'groups', ...right },
    { title: 'events', ...right },
    { title: 'size', ...right },
    { title: 'complete to' },
    { title: 'kept' },
  ];
  const rows = rollups.map((one) => [
    titleOf(one),
    grouped(one.days),
    grouped(one.missingDays),
    grouped(one.outdatedDays),
    grouped(one.groups),
    grouped(one.rows),
    byteText(one.bytes),
    one.watermark ?? '-',
    one.isKept ? 'yes' : 'no',
  ]);
  await console.write(tableText(columns, rows, console));
  for (const one of rollups)
    await console.print(
      console.style('dim', `${titleOf(one)}: ${one.isKept ? '' : 'not kept, '}${one.reason}`),
    );
}

/** A rollup in words: `revenue by day, category`, or `daily-visitors by day, keys of visitors`. */
const titleOf = ({ metric, grain, by, kind, measure }: RollupReport['rollups'][number]): string =>
  [
    `${metric} by ${grain}`,
    ...(by === 'none' ? [] : [by]),
    ...(measure ? [`${kind} of ${measure}`] : []),
  ].join(', ');
