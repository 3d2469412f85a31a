import { isHeadwaterError } from '@headwater/core';
import { type SyncReport, syncLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { loadConfig } from '../config/load-config.ts';
import { tableOptions, targetTable } from '../config/target.ts';
import { byteText, durationText, grouped } from '../output/figures.ts';
import { createProgress } from '../output/progress.ts';
import { runOptions } from './run-options.ts';

/** `headwater lake sync` */
export const lakeSync = defineCommand({
  name: 'lake sync',
  description:
    'Copies what one lake has and another has not: between folders and S3, in either direction. Files first, each held against ' +
    'its content hash, then the commits in order. Stopped and begun again, it goes on where it was; lakes that went different ' +
    'ways are refused.',
  words: {
    usage: '<from> <to>',
    least: 2,
    most: 2,
    missing: 'two lakes: a folder or s3://bucket/prefix each',
  },
  options: {
    ...tableOptions,
    'dry-run': flag('Say what would be copied, and copy nothing'),
    'work-folder': runOptions['work-folder'],
    'lock-timeout': runOptions['lock-timeout'],
  },
  examples: [
    ['lake sync ./lake s3://shop-events/lake', 'To S3'],
    ['lake sync s3://shop-events/lake ./lake --dry-run', 'What is new there'],
  ],
  async run({ words: [from = '', to = ''], options, console, signal }) {
    const { tables } = await loadConfig(options.config);
    const chosen = options.table === undefined ? tables : [await targetTable(options)];
    const progress = createProgress(console, options.json);
    const reports: SyncReport[] = [];
    try {
      for (const table of chosen) {
        const report = await syncLake({
          table,
          from,
          to,
          dryRun: options['dry-run'],
          workFolder: options['work-folder'],
          lockTimeoutSeconds: options['lock-timeout'],
          signal,
          onProgress: ({ bytes, totalBytes }) =>
            progress.update({ doing: `copying ${table.name}`, fraction: bytes / totalBytes, bytes }),
        }).catch((error: unknown) => {
          // A table that was never loaded is nothing to copy, unless it was asked for by name.
          if (chosen.length > 1 && isHeadwaterError(error, 'LAKE_NOT_FOUND')) return undefined;
          throw error;
        });
        if (report) reports.push(report);
      }
    } finally {
      progress.end();
    }
    if (options.json) await console.json({ tables: reports });
    else for (const report of reports) await console.print(reportText(report, console.style));
    return true;
  },
});

function reportText(report: SyncReport, style: (kind: 'green', text: string) => string): string {
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

const counted = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
