import type { Answer } from '../answer/answer.ts';
import type { ExitCode } from '../answer/exit-code.ts';
import { annotationsOf } from '../ci/annotations.ts';
import { checkMarkdown } from '../ci/check-markdown.ts';
import { writeMarkdown } from '../ci/markdown.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, repeated, text } from '../command-line/option.ts';
import { tableIn, tableOptions } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { checkTables, type TableCheck } from '../schema/check-table.ts';
import { printComparison } from '../schema/print-comparison.ts';
import { comparisonData } from '../schema/project.ts';

interface CheckAnswer extends Answer {
  readonly checks: readonly TableCheck[];
  /** Commands of GitHub's workflows. */
  readonly annotations: readonly string[];
}

/** `headwater schema check` */
export const schemaCheck = defineCommand({
  name: 'schema check',
  description:
    'Compares the definitions with their latest versions, for continuous integration. Exit code 0: nothing breaks. 1: a change is ' +
    'breaking or irreversible, and not allowed, or a metric stops. 2: undecided, because there is no version to compare with, registered ' +
    'queries cannot be type-checked, or the check failed. With --base it compares with the versions of a commit, accepts what was allowed ' +
    'by schema save since, and fails where a definition is not saved.',
  options: {
    base: text('COMMIT', 'Compare with the versions in this commit, such as origin/main', {
      default: 'the versions in the folder',
    }),
    allow: repeated('ID', 'Accept a change, by its id; may be repeated'),
    github: flag('Also print findings as annotations of a pull request on GitHub, at their lines'),
    markdown: text('FILE', 'Also write the result as Markdown, for a comment'),
    ...tableOptions,
    table: text('NAME', 'One table of the config', { default: 'every table' }),
  },
  examples: [
    ['schema check', 'Before merging'],
    ['schema check --allow drop-column:price', 'Accept one change; any other still fails'],
    ['schema check --base origin/main --github --markdown check.md', 'In a workflow, for a pull request'],
  ],
  failureCode: 2,
  async run({ options, signal }): Promise<CheckAnswer> {
    const config = await loadConfig(options.config);
    const tables = options.table === undefined ? config.tables : [tableIn(config, options.table)];
    const checks = await checkTables(config, tables, { allow: options.allow, base: options.base, signal });
    if (options.markdown !== undefined) await writeMarkdown(options.markdown, checkMarkdown(checks));
    const top = process.env['GITHUB_WORKSPACE'] ?? process.cwd();
    const data = checks.map(checkData);
    return {
      data: data.length === 1 ? data[0] : { tables: data },
      exitCode: worstOf(checks),
      checks,
      annotations: options.github ? await annotationsOf(checks, config.file, top) : [],
    };
  },
  async print({ checks, annotations }, console) {
    for (const { comparison, problems, exitCode } of checks) {
      await printComparison(console, comparison);
      if (comparison.diff.from === null && exitCode === 2)
        await console.print(
          'Undecided: there is no version to compare with. headwater schema save writes one.',
        );
      for (const problem of problems) await console.print(console.style('red', problem));
    }
    for (const line of annotations) await console.print(line);
  },
});

const checkData = ({ comparison, accepted, broken, problems }: TableCheck) => ({
  ...comparisonData(comparison),
  accepted,
  broken: broken.map(({ metric }) => metric),
  problems,
});

/** A failure counts more than a doubt. */
const worstOf = (checks: readonly TableCheck[]): ExitCode => {
  const codes = checks.map(({ exitCode }) => exitCode);
  return codes.includes(1) ? 1 : codes.includes(2) ? 2 : 0;
};
