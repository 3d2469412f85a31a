import type { ChangeCase } from './schema-change.ts';
import { breaks, files, fits, fitsThroughView, open, type VerdictRow } from './verdict.ts';

const absentIsNull = files(fits('Columns are matched by name, and a file without the column gives null.'));
const unread = files(fits('Files keep the column, but nothing reads it any more.'));
const nullWhereRequired = files(breaks('Older files have no value for the required column.'));
const asBefore = files(fits('The files do not change.'));
const onlyText = files(fits('The files store text before and after the change.'));

/** Spark reads the Glue table, not its read view. */
const sparkWithoutDefault = breaks(
  'Spark reads the table, not its view, so older files give null until they are rewritten.',
)('spark', 'documented');

const defaultThroughView = {
  ...files(fitsThroughView('The view gives the declared default where a file has no value.')),
  spark: sparkWithoutDefault,
};

const calm = {
  producers: fits('The schema of events does not change.')('registry', 'documented'),
  consumers: fits('The schema of events does not change.')('registry', 'documented'),
  queries: fits('The type of the column in queries does not change.')('definition'),
  metrics: fits('Metrics read columns by role, and the roles do not change.')('definition'),
  dashboards: fits('Every column of a dashboard still exists.')('definition'),
};

const typeChecked = open('Queries that use the column must be type-checked.')('definition');
const refusedByConsumers = (what: string) =>
  breaks(`${what}, which consumers with the earlier schema reject.`)('registry', 'documented');
const gone = breaks('Visuals that use the column lose it.')('definition');

const row = (
  fileVerdicts: ReturnType<typeof files>,
  others: Partial<VerdictRow['verdicts']> = {},
  { part = 'minor', destructive = false }: Partial<Omit<VerdictRow, 'verdicts'>> = {},
): VerdictRow => ({ verdicts: { ...fileVerdicts, ...calm, ...others }, part, destructive });

const numbersOnly = (what: string) => ({
  trino: fits(`Trino reads the stored ${what} as the new type, also in conditions.`)('trino', 'tested'),
  duckdb: fits(`DuckDB casts the stored ${what} to the new type.`)('duckdb', 'tested'),
  athena: open(
    'Athena documents type changes for registered partitions only, and these partitions are projected.',
  )('athenaTypes', 'documented'),
  spark: breaks('Spark before 4.0 reads a number only with the width in which the file stores it.')(
    'sparkTypes',
    'documented',
  ),
});

const wrongConditions = breaks(
  "Trino shows the values, but it evaluates conditions against the file's statistics at the old scale and silently skips rows.",
)('trino', 'tested');

const lossy = files(
  breaks('A stored value that does not fit the new type fails the query or is silently rounded.'),
);
const otherType = files(breaks('The stored values have another type: the engine rejects or misreads them.'));

/** The verdicts for changes of one column. */
export const columnRules = {
  'add-optional-column': row(absentIsNull, {
    consumers: refusedByConsumers('Events have an additional member'),
  }),
  'add-required-column': row(nullWhereRequired, {
    producers: breaks('Events with the earlier schema lack the column and are rejected.')(
      'registry',
      'documented',
    ),
    consumers: refusedByConsumers('Events have an additional member'),
    queries: typeChecked,
  }),
  'add-column-with-default': row(defaultThroughView, {
    producers: breaks(
      'Events with the earlier schema lack the column and are rejected: the default applies to files only.',
    )('registry', 'documented'),
    consumers: refusedByConsumers('Events have an additional member'),
  }),
  'drop-optional-column': row(
    unread,
    {
      producers: breaks('Events with the earlier schema may contain the column and are then rejected.')(
        'registry',
        'documented',
      ),
      queries: typeChecked,
      dashboards: gone,
    },
    { destructive: true },
  ),
  'drop-required-column': row(
    unread,
    {
      producers: breaks('Events with the earlier schema contain the column and are rejected.')(
        'registry',
        'documented',
      ),
      consumers: refusedByConsumers('Events lack a required member'),
      queries: typeChecked,
      dashboards: gone,
    },
    { destructive: true },
  ),
  'rename-column': row(
    {
      ...files(
        fitsThroughView(
          'The view reads the value under whichever name a file has. Without the view, older files give null for the new name.',
        ),
      ),
      spark: fitsThroughView(
        'Spark cannot read the view. The table has both columns, and a query must coalesce them.',
      )('spark', 'documented'),
    },
    {
      producers: breaks('Events with the earlier name are rejected. Raw files with it still load.')(
        'registry',
        'documented',
      ),
      consumers: refusedByConsumers('Events have the value under a new name'),
      queries: typeChecked,
      dashboards: gone,
    },
  ),
  'widen-int': row(numbersOnly('32 bits'), {
    consumers: refusedByConsumers('Values may be larger'),
    queries: typeChecked,
  }),
  'widen-decimal': row(numbersOnly('decimal'), { consumers: refusedByConsumers('Values may be larger') }),
  'widen-decimal-scale': row(
    { ...numbersOnly('decimal'), trino: wrongConditions },
    {
      consumers: refusedByConsumers('Values may have more decimals'),
    },
  ),
  'widen-decimal-to-text': row(numbersOnly('decimal'), {
    producers: breaks('With more than 15 digits, the value in an event is text instead of a number.')(
      'registry',
      'documented',
    ),
    consumers: refusedByConsumers('With more than 15 digits, the value in an event is text'),
    queries: typeChecked,
    dashboards: fits('Engines still show a number.')('definition'),
  }),
  'int-to-decimal': row(
    {
      ...numbersOnly('integer'),
      trino: wrongConditions,
      athena: breaks('Athena does not list this type change as supported.')('athenaTypes', 'documented'),
    },
    { consumers: refusedByConsumers('Values may have decimals') },
  ),
  'int-to-double': row(
    {
      duckdb: fits('DuckDB casts the stored integer.')('duckdb', 'tested'),
      trino: breaks(
        "Trino shows the values, but a condition on them fails because of the file's statistics.",
      )('trino', 'tested'),
      athena: breaks('Athena does not list this type change as supported.')('athenaTypes', 'documented'),
      spark: breaks('Spark before 4.0 reads a number only with the type in which the file stores it.')(
        'sparkTypes',
        'documented',
      ),
    },
    { consumers: refusedByConsumers('Values may have decimals') },
  ),
  'checked-text-to-string': row(onlyText, {
    consumers: refusedByConsumers('Values may be any text'),
    queries: typeChecked,
  }),
  'narrow-int': row(
    lossy,
    {
      producers: breaks('Events may contain values that no longer fit.')('registry', 'documented'),
      queries: typeChecked,
    },
    { destructive: true },
  ),
  'narrow-decimal': row(
    lossy,
    {
      producers: breaks('Events may contain values that no longer fit.')('registry', 'documented'),
      queries: typeChecked,
    },
    { destructive: true },
  ),
  'string-to-checked-text': row(
    {
      ...onlyText,
      duckdb: breaks('Older files may contain other texts. New rows cannot be merged with a day that does.')(
        'duckdb',
        'tested',
      ),
    },
    { producers: breaks('Events may contain other texts.')('registry', 'documented'), queries: typeChecked },
  ),
  'value-to-text': row(
    {
      duckdb: fits('DuckDB casts the stored value to text.')('duckdb', 'tested'),
      trino: breaks(
        "Trino rejects the stored type, or a condition on it fails because of the file's statistics.",
      )('trino', 'tested'),
      athena: breaks('Athena rejects a text column over files that store another type.')(
        'athenaTypes',
        'documented',
      ),
      spark: breaks('Spark before 4.0 reads a value only with the type in which the file stores it.')(
        'sparkTypes',
        'documented',
      ),
    },
    {
      producers: breaks('Events with the earlier schema have another type.')('registry', 'documented'),
      consumers: refusedByConsumers('Events have another type'),
      queries: typeChecked,
      dashboards: breaks('Visuals depend on the type of the column.')('definition'),
    },
  ),
  'retype-column': row(
    otherType,
    {
      producers: breaks('Events with the earlier schema have another type.')('registry', 'documented'),
      consumers: refusedByConsumers('Events have another type'),
      queries: typeChecked,
      dashboards: breaks('Visuals depend on the type of the column.')('definition'),
    },
    { destructive: true },
  ),
  'add-enum-value': row(onlyText, {
    consumers: refusedByConsumers('Events may contain the new value'),
    queries: typeChecked,
  }),
  'add-action-value': row(onlyText, {
    consumers: refusedByConsumers('Events may contain the new value'),
    queries: typeChecked,
    metrics: fits(
      'Events with the new value count as events of their actors, but not as any of the named actions.',
    )('definition'),
  }),
  'remove-enum-value': row(
    {
      ...onlyText,
      duckdb: breaks('New rows cannot be merged with a day whose older files contain the value.')(
        'duckdb',
        'tested',
      ),
    },
    {
      producers: breaks('Events with the value are quarantined.')('registry', 'documented'),
      queries: typeChecked,
    },
  ),
  'reorder-enum-values': row(onlyText, {}, { part: 'patch' }),
  'make-optional': row(files(fits('Older files have a value in every row.')), {
    consumers: refusedByConsumers('Events may lack the value'),
    queries: typeChecked,
  }),
  'make-required': row(nullWhereRequired, {
    producers: breaks('Events with the earlier schema may lack the value.')('registry', 'documented'),
    queries: typeChecked,
  }),
  'make-required-with-default': row(defaultThroughView, {
    producers: breaks(
      'Events with the earlier schema may lack the value: the default applies to files only.',
    )('registry', 'documented'),
    queries: typeChecked,
  }),
  'change-default': row(defaultThroughView),
  'remove-default': row(nullWhereRequired),
  'add-former-name': row({
    ...files(fitsThroughView('The view reads the value under whichever name a file has.')),
    spark: fitsThroughView(
      'Spark cannot read the view. The table has both columns, and a query must coalesce them.',
    )('spark', 'documented'),
  }),
  'remove-former-name': row(files(breaks('Files with that name of the column give null.'))),
  'raise-pii': row(
    asBefore,
    {
      dashboards: open(
        'Readers without the grant lose the column, and the definition does not contain grants.',
      )('lakeFormation', 'documented'),
    },
    { part: 'minor' },
  ),
  'lower-pii': row(asBefore, {}, { destructive: true }),
  'set-unit': row(asBefore, {}, { part: 'patch' }),
  'change-unit': row(asBefore, {
    consumers: breaks('The same number now means another amount.')('definition'),
    producers: breaks('The same number now means another amount.')('definition'),
    metrics: breaks('Sums mix older and newer rows with different units.')('definition'),
    dashboards: breaks('The same number now means another amount.')('definition'),
  }),
  'add-alias': row(asBefore),
  'remove-alias': row(asBefore, {
    producers: breaks('Raw files with that name no longer load into the column.')('definition'),
  }),
  'change-path': row(asBefore, {
    producers: breaks('Raw files that hold the value in the earlier place no longer load into the column.')(
      'definition',
    ),
    metrics: open('Values from the new place may mean something else than those of older rows.')(
      'definition',
    ),
    dashboards: open('Values from the new place may mean something else than those of older rows.')(
      'definition',
    ),
  }),
  'change-text-steps': row(asBefore, {
    metrics: open('The same text may have different spellings in older and newer rows.')('definition'),
  }),
  'change-null-texts': row(asBefore, {
    metrics: open('The same text may be null in older rows and a value in newer ones, or the reverse.')(
      'definition',
    ),
  }),
  'change-map': row(asBefore, {
    producers: open('Raw files with a code that was removed may no longer load.')('definition'),
    metrics: open('The same code may have another value in older and newer rows.')('definition'),
  }),
  'change-time-format': row(asBefore, {
    producers: breaks('Raw files in the earlier format are rejected, or read as other times.')('definition'),
    metrics: open('Older rows keep the times that the earlier format and zone gave.')('definition'),
  }),
  'change-number-format': row(asBefore, {
    producers: breaks('Raw files in the earlier format are rejected, or read as other numbers.')(
      'definition',
    ),
    metrics: open('Older rows keep the numbers that the earlier format gave.')('definition'),
  }),
  'change-invalid': row(asBefore, {
    metrics: open(
      'Rows with a bad value are in the lake on one side of the change, and were rejected on the other.',
    )('definition'),
  }),
  'loosen-checks': row(asBefore, {
    consumers: refusedByConsumers('Values may violate the earlier checks'),
  }),
  'tighten-checks': row(asBefore, {
    producers: breaks('Events that were accepted may now be rejected.')('registry', 'documented'),
  }),
  'change-checks': row(asBefore, {
    producers: breaks('Events that were accepted may now be rejected.')('registry', 'documented'),
    consumers: refusedByConsumers('Values may violate the earlier checks'),
  }),
} satisfies { readonly [Case in ChangeCase]?: VerdictRow };
