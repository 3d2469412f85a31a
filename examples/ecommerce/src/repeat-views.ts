import {
  byPeriod,
  defineMetric,
  grain,
  inPartOrder,
  measure,
  partColumn,
  period,
  periodChart,
  periodText,
  ratio,
  rowParts,
  thingParts,
  wholeSessions,
} from '@headwater/queries/metric';

/** How often a product was viewed in the session before it was bought. A metric of this project, not one that ships. */
export const repeatViews = defineMetric({
  name: 'repeat-views',
  definition:
    'A bought product is a product with a purchase event in a session; it counts once for the session, in the period of the ' +
    "session's first event. Its views are the view events of the product in that session before its first purchase event there. It " +
    'is viewed again with two views or more. By category or brand, it counts for that of its events, by those events alone; by ' +
    'hour or weekday, in that of the first event of the session. A session lasts 24 hours at most.',
  nullSessions: 'Events without a session are left out: nobody knows what was viewed before.',
  roles: ['session', 'action', 'item'],
  // Gives the parameter `grain`; with break-downs, the parameter `by`.
  grain: grain('day'),
  breakdowns: ['category', 'brand', 'hour', 'weekday'],
  dimensions: { period },
  measures: {
    bought: measure.count('Bought products of sessions', 'time'),
    viewed: measure.count('Those with a view before', 'time'),
    viewedAgain: measure.count('Those with two views or more before', 'time'),
    views: measure.count('Views before the purchase', 'time'),
    averageViews: measure.ratio('Mean views before a purchase', 'views', 'bought'),
    repeatRate: measure.share('Bought products that were viewed again, of all', 'viewedAgain', 'bought'),
  },
  chart: (parameters) => periodChart(parameters, ['averageViews']),
  query(context) {
    const { parameters, actions } = context;
    const parts = rowParts(context);
    return (
      context
        // Whole sessions: a day more on either side of the range.
        .events(wholeSessions)
        .with('lines', (db) =>
          db
            .selectFrom('events')
            .select(['session', 'item', 'time', 'action', ...thingParts(context).selected])
            .where('session', 'is not', null),
        )
        .with('placed', (db) =>
          db.selectFrom('lines').select(({ fn, eb }) => [
            'session',
            'item',
            'time',
            'action',
            ...parts.selected,
            fn
              .min('time')
              .over((over) => over.partitionBy('session'))
              .as('began'),
            fn
              .min(eb.case().when('action', '=', actions.purchase).then(eb.ref('time')).end())
              .over((over) => over.partitionBy(['session', 'item', ...parts.names]))
              .as('boughtAt'),
          ]),
        )
        .with('products', (db) =>
          db
            .selectFrom('placed')
            .select(({ fn }) => [
              'began',
              ...parts.selected,
              fn
                .countAll<number>()
                .filterWhere('action', '=', actions.view)
                .filterWhereRef('time', '<', 'boughtAt')
                .as('views'),
            ])
            .where('boughtAt', 'is not', null)
            .groupBy(['session', 'item', 'began', ...parts.grouped]),
        )
        .with('totals', (db) =>
          byPeriod(context, db.selectFrom('products'), 'began').select(({ fn }) => [
            fn.countAll<number>().as('bought'),
            fn.countAll<number>().filterWhere('views', '>=', 1).as('viewed'),
            fn.countAll<number>().filterWhere('views', '>=', 2).as('viewedAgain'),
            fn.sum<number>('views').as('views'),
          ]),
        )
        .selectFrom('totals')
        .select(({ ref }) => [
          periodText(parameters, ref('totals.period')).as('period'),
          ...partColumn(context),
          'bought',
          'viewed',
          'viewedAgain',
          'views',
          ratio(ref('views'), ref('bought')).as('averageViews'),
          ratio(ref('viewedAgain'), ref('bought')).as('repeatRate'),
        ])
        .orderBy('totals.period')
        .$call((query) => inPartOrder(context, query, 'bought'))
    );
  },
});
