import type { ChangeCase } from './schema-change.ts';
import { breaks, files, fits, type VerdictRow } from './verdict.ts';

const row = (
  others: Partial<VerdictRow['verdicts']>,
  { part = 'minor', destructive = false }: Partial<Omit<VerdictRow, 'verdicts'>> = {},
): VerdictRow => ({
  verdicts: {
    ...files(fits('The files do not change.')),
    producers: fits('The schema of events does not change.')('registry'),
    consumers: fits('The schema of events does not change.')('registry'),
    queries: fits('The columns and their types do not change.')('definition'),
    metrics: fits('Metrics read columns by role, and the roles do not change.')('definition'),
    dashboards: fits('Every column of a dashboard still exists.')('definition'),
    ...others,
  },
  part,
  destructive,
});

const otherAnswers = (why: string) => ({
  metrics: breaks(why)('definition'),
  dashboards: breaks(why)('definition'),
});

/** The verdicts for changes of the table as a whole. */
export const tableRules = {
  'reorder-columns': row(
    {
      ...files(fits('Columns are matched by name.')),
      producers: fits(
        'Members of an event have no order. Raw files without a header line must change their order too.',
      )('definition'),
    },
    { part: 'patch' },
  ),
  'change-partitioning': row(
    {
      athena: breaks(
        'Projection computes folders of the new kind, but older files are in folders of the old kind.',
      )('projection', 'documented'),
      trino: breaks(
        'Projection computes folders of the new kind, but older files are in folders of the old kind.',
      )('trino', 'tested'),
      spark: breaks('Partitions of the old kind no longer belong to the table.')('spark', 'documented'),
      duckdb: breaks('Two kinds of folders cannot be read as one table.')('duckdb', 'tested'),
    },
    { destructive: true },
  ),
  'change-description': row({}, { part: 'patch' }),
  'add-role': row({}),
  'remove-role': row({
    metrics: breaks('Metrics that need the role stop working.')('definition'),
    dashboards: breaks('Visuals of such metrics stop working.')('definition'),
  }),
  'add-refining-role': row(otherAnswers('Metrics use the role if a table has it, and their answers change.')),
  'remove-refining-role': row(
    otherAnswers('Metrics that used the role still work without it, and their answers change.'),
  ),
  'change-amount-per': row(otherAnswers('Metrics compute the amount of an event differently.')),
  'change-sessions': row(
    otherAnswers('Metrics of sessions group events into other sessions. Stored rows stay as they are.'),
  ),
  'change-zone': row(
    otherAnswers('Days, hours and weekdays begin at other instants. Stored times and folders stay UTC.'),
  ),
  'move-role': row(otherAnswers('Metrics read another column.')),
  'change-purchase-items': row(
    otherAnswers('Metrics find the products and amounts of purchases differently.'),
  ),
  'add-action': row(
    otherAnswers('Metrics count events as the action that counted as none, and more metrics answer.'),
  ),
  'remove-action': row(
    otherAnswers('Metrics that need the action stop working, and others no longer count it.'),
  ),
  'change-action': row(otherAnswers('Metrics count other events for the same action.')),
  'change-explode': row({
    producers: breaks('Raw files that hold the list in another place load as other rows.')('definition'),
    ...otherAnswers(
      'A raw record becomes another number of rows than in older days, so counts and sums differ.',
    ),
  }),
  'refine-duplicate-key': row(
    otherAnswers('Days that are already loaded were deduplicated with the earlier key.'),
  ),
  'coarsen-duplicate-key': row(otherAnswers('Rows that were separate events become duplicates.'), {
    destructive: true,
  }),
  'change-duplicate-rule': row(
    otherAnswers(
      'Rows that are in the lake were chosen under the earlier rule, later ones are chosen under the new one.',
    ),
  ),
  'change-sort-order': row(
    files(fits('The order of rows in a file affects which parts are skipped, not the result.')),
    {
      part: 'patch',
    },
  ),
  'add-source': row({}),
  'remove-source': row({
    producers: breaks(
      'Raw files of that kind no longer load as before, and their quarantined rows are replayed without the rules of the source.',
    )('definition'),
  }),
  'change-source-fields': row({
    producers: breaks('Raw files with the earlier fields are rejected, or load into other columns.')(
      'definition',
    ),
  }),
  'change-source-constants': row(otherAnswers('Rows that are loaded already have the earlier values.')),
  'add-lookup': row({
    producers: fits('Events do not change; loads need a file of the lookup.')('definition'),
  }),
  'remove-lookup': row({}),
  'change-lookup-key': row(otherAnswers('Rows that are loaded already were looked up by the earlier key.')),
  'change-lookup-columns': row(
    otherAnswers('Rows that are loaded already have the values of the earlier columns of the lookup.'),
  ),
  'change-lookup-many': row(
    otherAnswers(
      'Rows that are loaded already were looked up under the earlier rule for several rows of a key.',
    ),
  ),
  'change-lookup-none': row(
    otherAnswers(
      'Events whose key has no row were rejected or loaded with nulls, and now the other way round; rejected ones stay in the quarantine until a replay.',
    ),
  ),
  'change-origin': row(otherAnswers('Rows that are loaded already have their values from elsewhere.')),
  'change-source-filter': row(
    otherAnswers('Files that are loaded already were filtered by the earlier conditions.'),
  ),
} satisfies { readonly [Case in ChangeCase]?: VerdictRow };
