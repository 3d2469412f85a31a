import { verifyLake } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { lakeOptions, targetLake } from '../config/target.ts';
import { byteText, grouped } from '../output/figures.ts';
import { createProgress } from '../output/progress.ts';

/** `headwater etl verify` */
export const etlVerify = defineCommand({
  name: 'etl verify',
  description:
    'Reads every committed file and compares it with the manifests: there, of the size, content and rows said, every row on its ' +
    'day; and every run adds up. Exit code 1 when something is not as it should be.',
  options: lakeOptions,
  examples: [['etl verify --lake ./lake', 'Check all of it']],
  async run({ options, console, signal }) {
    const { table, lake } = await targetLake(options);
    const progress = createProgress(console, options.json);
    const report = await verifyLake({
      table,
      lake,
      signal,
      onProgress: ({ files, totalFiles }) =>
        progress.update({ doing: `verifying ${files} of ${totalFiles} files`, fraction: files / totalFiles }),
    }).finally(() => progress.end());
    if (options.json) {
      await console.json(report);
      return report.ok;
    }
    const { style } = console;
    const what = `${grouped(report.filesChecked)} files, ${grouped(report.rows)} rows, ${byteText(report.bytes)}`;
    await console.print(
      report.ok ? `${style('green', 'verified')} ${what}` : `${style('red', 'not as committed')} ${what}`,
    );
    for (const { file, problem } of report.problems) await console.print(`  ${file}: ${problem}`);
    if (report.leftovers.length > 0) {
      const leftovers =
        `${report.leftovers.length} files that no manifest lists: of a run at work, or left by one that died. They are not in ` +
        'the lake, but engines that read the folders, as Athena does, see them; the next commit removes what is dead';
      await console.print(style('dim', leftovers));
    }
    for (const note of report.notes) await console.print(style('dim', note));
    return report.ok;
  },
});
