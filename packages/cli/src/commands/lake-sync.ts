import { isHeadwaterError } from '@headwater/core';
import { type SyncReport, syncLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { flag, text } from '../command-line/option.ts';
import { configOption, tableIn } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { runOptions } from '../lake/run-options.ts';
import type { Style } from '../output/console.ts';
import { byteText, counted, durationText } from '../output/figures.ts';

/** `headwater lake sync` */
export const lakeSync = defineCommand({
  name: 'lake sync',
  description:
    'Copies the commits that one lake has and another lacks, between folders and S3, in either direction. Files are copied first, ' +
    'each checked against its content hash, then the commits in order. Resumable. Lakes that have diverged are refused. Rollups are not copied: `lake rollups --refresh` writes them at the target.',
  words: {
    usage: '<from> <to>',
    least: 2,
    most: 2,
    missing: 'two lakes: a folder or s3://bucket/prefix each',
  },
  options: {
    table: text('NAME', 'One table of the config', { default: 'all of them' }),
    ...configOption,
    'dry-run': flag('Show what would be copied, and copy nothing'),
    'work-folder': runOptions['work-folder'],
    'lock-timeout': runOptions['lock-timeout'],
  },
  examples: [
    ['lake sync ./lake s3://shop-events/lake', 'To S3'],
    ['lake sync s3://shop-events/lake ./lake --dry-run', 'What would be copied from S3'],
  ],
  async run({ words: [from = '', to = ''], options, signal, onProgress }) {
    const config = await loadConfig(options.config);
    const chosen = options.table === undefined ? config.tables : [tableIn(config, options.table)];
    const reports: SyncReport[] = [];
    for (const table of chosen) {
      const report = await syncLake({
        table,
        from,
        to,
        aws: config.aws,
        dryRun: options['dry-run'],
        workFolder: options['work-folder'],
        lockTimeoutSeconds: options['lock-timeout'],
        signal,
        onProgress: ({ bytes, totalBytes }) =>
          onProgress?.({
            doing: `copying ${table.name}`,
            stage: table.name,
            fraction: bytes / totalBytes,
            bytes,
          }),
      }).catch((error: unknown) => {
        // A table that was never loaded has nothing to copy; named explicitly, it is an error.
        if (chosen.length > 1 && isHeadwaterError(error, 'LAKE_NOT_FOUND')) return undefined;
        throw error;
      });
      if (report) reports.push(report);
    }
    return { data: { tables: reports } };
  },
  async print({ data: { tables } }, console) {
    for (const report of tables) await console.print(reportText(report, console.style));
  },
});

function reportText(report: SyncReport, style: Style): string {
  const { table, to, commits, ahead, files, bytes, removed, seconds, dryRun } = report;
  if (ahead > 0) return `${table}: ${to} is ahead by ${counted(ahead, 'commit')}; nothing to copy.`;
  if (commits === 0) return `${table}: ${to} has every commit already.`;
  const verb = dryRun ? 'would copy' : style('green', 'copied');
  const less = removed > 0 ? `, ${counted(removed, 'replaced file')} removed` : '';
  return (
    `${table}: ${verb} ${counted(commits, 'commit')}, ${counted(files, 'file')}, ${byteText(bytes)}${less}` +
    (dryRun ? '' : `, ${durationText(seconds)}`)
  );
}
