import type { ChangeCase } from './schema-change.ts';
import { breaks, files, fits, fitsThroughView, open, type VerdictRow } from './verdict.ts';

const absentIsNull = files(fits('A file without the column gives null, and columns are found by name.'));
const unread = files(fits('Files keep the column; nothing reads it any more.'));
const nullWhereRequired = files(breaks('Older files hold no value, and the column says that there is one.'));
const asBefore = files(fits('Files are written and read as before.'));
const onlyText = files(fits('The files hold text before and after.'));

/** Spark reads the Glue table, not the view beside it. */
const sparkWithoutDefault = breaks(
  'Spark reads the table and not its view, so older files give null until they are written again.',
)('spark', 'documented');

const defaultThroughView = {
  ...files(fitsThroughView('The view gives the declared default where a file holds none.')),
  spark: sparkWithoutDefault,
};

const calm = {
  producers: fits('Events look as before.')('registry', 'documented'),
  consumers: fits('Events look as before.')('registry', 'documented'),
  queries: fits('Its type in queries stays.')('definition'),
  metrics: fits('Metrics see columns by their roles, and those are as before.')('definition'),
  dashboards: fits('What a dashboard names is still there.')('definition'),
};

const typeChecked = open('Queries that name the column have to be type-checked.')('definition');
const refusedByConsumers = (what: string) =>
  breaks(`${what}, and consumers of the earlier schema refuse it.`)('registry', 'documented');
const gone = breaks('A visual that names the column loses it.')('definition');

const row = (
  fileVerdicts: ReturnType<typeof files>,
  others: Partial<VerdictRow['verdicts']> = {},
  { part = 'minor', destructive = false }: Partial<Omit<VerdictRow, 'verdicts'>> = {},
): VerdictRow => ({ verdicts: { ...fileVerdicts, ...calm, ...others }, part, destructive });

const numbersOnly = (what: string) => ({
  trino: fits(`Trino reads the stored ${what} as the new type, conditions included.`)('trino', 'tested'),
  duckdb: fits(`DuckDB casts the stored ${what} to the new type.`)('duckdb', 'tested'),
  athena: open('Athena documents changed types for registered partitions only; these are projected.')(
    'athenaTypes',
    'documented',
  ),
  spark: breaks('Spark before 4.0 reads a number only in the width that the file stores.')(
    'sparkTypes',
    'documented',
  ),
});

const wrongConditions = breaks(
  "Trino shows the values, but compares a condition with the file's statistics at the old scale, and skips rows without a word.",
)('trino', 'tested');

const lossy = files(
  breaks('A stored value may not fit the new type: it fails, or is rounded without a word.'),
);
const otherType = files(
  breaks('Stored values are of another type: the engine refuses them, or misreads them.'),
);

/** Rules about one column. */
export const columnRules = {
  'add-optional-column': row(absentIsNull, { consumers: refusedByConsumers('Events carry one member more') }),
  'add-required-column': row(nullWhereRequired, {
    producers: breaks('Events of the earlier schema lack the column, and are refused.')(
      'registry',
      'documented',
    ),
    consumers: refusedByConsumers('Events carry one member more'),
    queries: typeChecked,
  }),
  'add-column-with-default': row(defaultThroughView, {
    producers: breaks(
      'Events of the earlier schema lack the column: the default is for files, not for events.',
    )('registry', 'documented'),
    consumers: refusedByConsumers('Events carry one member more'),
  }),
  'drop-optional-column': row(
    unread,
    {
      producers: breaks('Events of the earlier schema may carry the column, and are refused.')(
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
      producers: breaks('Events of the earlier schema carry the column, and are refused.')(
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
          'The view takes the value from whichever name a file holds; by the new name alone older files give null.',
        ),
      ),
      spark: fitsThroughView(
        'Spark cannot read the view; the table has both columns, to be coalesced there.',
      )('spark', 'documented'),
    },
    {
      producers: breaks('Events under the earlier name are refused; raw files under it still load.')(
        'registry',
        'documented',
      ),
      consumers: refusedByConsumers('Events carry the value under a new name'),
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
    producers: breaks('Above 15 digits the value is text in an event, not a number.')(
      'registry',
      'documented',
    ),
    consumers: refusedByConsumers('Above 15 digits the value is text in an event'),
    queries: typeChecked,
    dashboards: fits('Engines show it as a number still.')('definition'),
  }),
  'int-to-decimal': row(
    {
      ...numbersOnly('integer'),
      trino: wrongConditions,
      athena: breaks('Not among the changes of type that Athena lists.')('athenaTypes', 'documented'),
    },
    { consumers: refusedByConsumers('Values may have decimals') },
  ),
  'int-to-double': row(
    {
      duckdb: fits('DuckDB casts the stored integer.')('duckdb', 'tested'),
      trino: breaks("Trino shows the values, but a condition on them fails on the file's statistics.")(
        'trino',
        'tested',
      ),
      athena: breaks('Not among the changes of type that Athena lists.')('athenaTypes', 'documented'),
      spark: breaks('Spark before 4.0 reads a number only in the type that the file stores.')(
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
      producers: breaks('Events may carry values that no longer fit.')('registry', 'documented'),
      queries: typeChecked,
    },
    { destructive: true },
  ),
  'narrow-decimal': row(
    lossy,
    {
      producers: breaks('Events may carry values that no longer fit.')('registry', 'documented'),
      queries: typeChecked,
    },
    { destructive: true },
  ),
  'string-to-checked-text': row(
    {
      ...onlyText,
      duckdb: breaks('Older files may hold other texts, and a day that does cannot be merged with new rows.')(
        'duckdb',
        'tested',
      ),
    },
    { producers: breaks('Events may carry other texts.')('registry', 'documented'), queries: typeChecked },
  ),
  'value-to-text': row(
    {
      duckdb: fits('DuckDB spells the stored value out.')('duckdb', 'tested'),
      trino: breaks("Trino refuses the stored type, or a condition on it fails on the file's statistics.")(
        'trino',
        'tested',
      ),
      athena: breaks('Athena refuses text over a column that stores another type.')(
        'athenaTypes',
        'documented',
      ),
      spark: breaks('Spark before 4.0 reads a value only in the type that the file stores.')(
        'sparkTypes',
        'documented',
      ),
    },
    {
      producers: breaks('Events of the earlier schema carry another type.')('registry', 'documented'),
      consumers: refusedByConsumers('Events carry another type'),
      queries: typeChecked,
      dashboards: breaks('A visual reads the column by its type.')('definition'),
    },
  ),
  'retype-column': row(
    otherType,
    {
      producers: breaks('Events of the earlier schema carry another type.')('registry', 'documented'),
      consumers: refusedByConsumers('Events carry another type'),
      queries: typeChecked,
      dashboards: breaks('A visual reads the column by its type.')('definition'),
    },
    { destructive: true },
  ),
  'add-enum-value': row(onlyText, {
    consumers: refusedByConsumers('Events may carry the new value'),
    queries: typeChecked,
  }),
  'add-action-value': row(onlyText, {
    consumers: refusedByConsumers('Events may carry the new value'),
    queries: typeChecked,
    metrics: fits('Such events count as events and for their actors, and as none of the named actions.')(
      'definition',
    ),
  }),
  'remove-enum-value': row(
    {
      ...onlyText,
      duckdb: breaks('A day whose older files hold the value cannot be merged with new rows.')(
        'duckdb',
        'tested',
      ),
    },
    {
      producers: breaks('Events may carry the value, and are quarantined.')('registry', 'documented'),
      queries: typeChecked,
    },
  ),
  'reorder-enum-values': row(onlyText, {}, { part: 'patch' }),
  'make-optional': row(files(fits('Older files hold a value in every row.')), {
    consumers: refusedByConsumers('Events may lack the value'),
    queries: typeChecked,
  }),
  'make-required': row(nullWhereRequired, {
    producers: breaks('Events of the earlier schema may lack the value.')('registry', 'documented'),
    queries: typeChecked,
  }),
  'make-required-with-default': row(defaultThroughView, {
    producers: breaks(
      'Events of the earlier schema may lack the value: the default is for files, not for events.',
    )('registry', 'documented'),
    queries: typeChecked,
  }),
  'change-default': row(defaultThroughView),
  'remove-default': row(nullWhereRequired),
  'add-former-name': row({
    ...files(fitsThroughView('The view takes the value from whichever name a file holds.')),
    spark: fitsThroughView('Spark cannot read the view; the table has both columns, to be coalesced there.')(
      'spark',
      'documented',
    ),
  }),
  'remove-former-name': row(files(breaks('Files that hold the column under that name give null.'))),
  'raise-pii': row(
    asBefore,
    {
      dashboards: open('Readers without the grant lose the column, and grants are not in the definition.')(
        'lakeFormation',
        'documented',
      ),
    },
    { part: 'minor' },
  ),
  'lower-pii': row(asBefore, {}, { destructive: true }),
  'set-unit': row(asBefore, {}, { part: 'patch' }),
  'change-unit': row(asBefore, {
    consumers: breaks('The same figure means another amount.')('definition'),
    producers: breaks('The same figure means another amount.')('definition'),
    metrics: breaks('Rows of before and after are added up, in different units.')('definition'),
    dashboards: breaks('The same figure means another amount.')('definition'),
  }),
  'add-alias': row(asBefore),
  'remove-alias': row(asBefore, {
    producers: breaks('Raw files under that name no longer load into the column.')('definition'),
  }),
  'change-text-steps': row(asBefore, {
    metrics: open('The same text may be spelt one way in older rows and another in newer ones.')(
      'definition',
    ),
  }),
  'loosen-checks': row(asBefore, {
    consumers: refusedByConsumers('Values may lie beyond the earlier checks'),
  }),
  'tighten-checks': row(asBefore, {
    producers: breaks('Events that were accepted may be refused.')('registry', 'documented'),
  }),
  'change-checks': row(asBefore, {
    producers: breaks('Events that were accepted may be refused.')('registry', 'documented'),
    consumers: refusedByConsumers('Values may lie beyond the earlier checks'),
  }),
} satisfies { readonly [Case in ChangeCase]?: VerdictRow };
