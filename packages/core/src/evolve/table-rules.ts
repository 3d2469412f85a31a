import type { ChangeCase } from './schema-change.ts';
import { breaks, files, fits, type VerdictRow } from './verdict.ts';

const row = (
  others: Partial<VerdictRow['verdicts']>,
  { part = 'minor', destructive = false }: Partial<Omit<VerdictRow, 'verdicts'>> = {},
): VerdictRow => ({
  verdicts: {
    ...files(fits('Files are written and read as before.')),
    producers: fits('Events look as before.')('registry'),
    consumers: fits('Events look as before.')('registry'),
    queries: fits('The columns and their types stay.')('definition'),
    metrics: fits('Metrics see columns by their roles, and those are as before.')('definition'),
    dashboards: fits('What a dashboard names is still there.')('definition'),
    ...others,
  },
  part,
  destructive,
});

const otherAnswers = (why: string) => ({
  metrics: breaks(why)('definition'),
  dashboards: breaks(why)('definition'),
});

/** Rules about a table as a whole. */
export const tableRules = {
  'reorder-columns': row(
    {
      ...files(fits('Columns are found by name.')),
      producers: fits(
        'Members of an event have no order; raw files without a header line have, and must follow.',
      )('definition'),
    },
    { part: 'patch' },
  ),
  'change-partitioning': row(
    {
      athena: breaks(
        'Projection looks for folders of the new kind, and older files are in those of the old.',
      )('projection', 'documented'),
      trino: breaks('Projection looks for folders of the new kind, and older files are in those of the old.')(
        'trino',
        'tested',
      ),
      spark: breaks('Partitions of the old kind do not belong to the table any more.')('spark', 'documented'),
      duckdb: breaks('Folders of two kinds cannot be read as one table.')('duckdb', 'tested'),
    },
    { destructive: true },
  ),
  'change-description': row({}, { part: 'patch' }),
  'add-role': row({}),
  'remove-role': row({
    metrics: breaks('Metrics that need the role stop.')('definition'),
    dashboards: breaks('What shows such a metric stops.')('definition'),
  }),
  'add-refining-role': row(
    otherAnswers('Metrics use the role where a table has it, and answer differently with it.'),
  ),
  'remove-refining-role': row(
    otherAnswers('Metrics that used the role now answer without it, and differently.'),
  ),
  'change-amount-per': row(otherAnswers('Metrics compute the amount of an event differently.')),
  'move-role': row(otherAnswers('Metrics answer from another column.')),
  'change-action': row(otherAnswers('Metrics count other events under the same name.')),
  'refine-duplicate-key': row(otherAnswers('Days loaded before were counted under the earlier key.')),
  'coarsen-duplicate-key': row(otherAnswers('Rows that were events of their own become duplicates.'), {
    destructive: true,
  }),
  'change-sort-order': row(files(fits('Order within a file changes what is skipped, not what is read.')), {
    part: 'patch',
  }),
} satisfies { readonly [Case in ChangeCase]?: VerdictRow };
