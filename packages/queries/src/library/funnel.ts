import { type AliasedExpression, type Expression, expressionBuilder, type QueryCreator, sql } from 'kysely';
import { z } from 'zod';
import { ratio } from '../functions/functions.ts';
import { defineMetric } from '../metric/define-metric.ts';
import { dimension, period } from '../metric/dimension.ts';
import { firstOfWhole } from '../metric/first-of-whole.ts';
import { grain } from '../metric/grain.ts';
import { measure } from '../metric/measure.ts';
import { partColumn, thingParts } from '../metric/parts.ts';
import { periodOf } from '../metric/period-of.ts';
import { periodText } from '../metric/period-text.ts';
import { defaultSteps, stepsParameter } from '../metric/steps.ts';
import { wholeSessions } from '../metric/whole-sessions.ts';
import { sessionsByPart } from './words.ts';

type Rows = Record<string, Record<string, number>>;
const { fn, ref, lit } = expressionBuilder<Rows, string>();

/** How far sessions or actors come, over steps of one's own. */
export const funnel = defineMetric({
  name: 'funnel',
  definition:
    'Of the sessions, or the actors, of each period, how many come to each step. A step is an action of the table; a session or an ' +
    'actor is at a step when it has an event of that action and of the action of every step before it. The order of events in time ' +
    'plays no part. ofPrevious is those at the step over those at the step before (at the first step, over all), ofAll those at the ' +
    'step over all. Sessions are in the period of their first event, and last 24 hours at most; actors are in each period in which they ' +
    `have an event, by their events of it. ${sessionsByPart} An actor counts for each one that it has an event of, by those alone.`,
  nullSessions: 'By session, their events are left out; by actor, sessions play no part.',
  nullActors: 'By actor, their events are left out; by session, actors play no part.',
  roles: ['action'],
  mayAsk: ['session', 'actor'],
  asks: ({ per, steps }) => [per, ...steps.map((step) => `action:${step}` as const)],
  streaming: { question: 'funnel', parameters: { steps: defaultSteps } },
  grain: grain('all'),
  breakdowns: ['category', 'brand', 'product'],
  parameters: {
    steps: stepsParameter,
    per: z.enum(['session', 'actor']).default('session').describe('What comes to a step'),
  },
  dimensions: {
    period,
    step: dimension.rank('Number of the step, from 1'),
    action: dimension.text('Action of the step'),
  },
  measures: {
    reached: measure.distinct('Sessions or actors at the step'),
    ofPrevious: measure.share('Those at the step, of those at the step before', 'reached', 'previous'),
    ofAll: measure.share('Those at the step, of all', 'reached', 'all'),
    previous: measure.hidden(measure.distinct('Sessions or actors at the step before; all, at the first')),
    all: measure.hidden(measure.distinct('Sessions or actors with an event')),
  },
  chart: ({ by, grain: length }) => ({
    mark: 'bar',
    x: 'action',
    y: ['reached'],
    ...(by === 'none' ? (length === 'all' ? {} : { series: 'period' }) : { series: by }),
  }),
  query(context) {
    const { parameters, actions } = context;
    const { steps, per } = parameters;
    const parts = thingParts(context);
    const time = sql<Date>`${ref('time')}`;
    // An actor is in each of its periods, a session in that of its first event.
    const perPeriod = per === 'actor' ? [periodOf(context, time)] : [];
    const has = (step: number) => `has_${step + 1}`;
    const values = actions as Readonly<Record<string, string>>;
    const relations = context.events(per === 'session' ? wholeSessions : {}) as unknown as QueryCreator<Rows>;
    const counted = relations
      .with('units', (db) =>
        db
          .selectFrom('events')
          .select([
            per === 'session'
              ? firstOfWhole(context, 'session').as('began')
              : periodOf(context, time).as('period'),
            ...steps.map((step, index) =>
              fn
                .countAll<number>()
                .filterWhere(sql<string>`${ref('action')}`, '=', values[step] ?? step)
                .as(has(index)),
            ),
            ...parts.selected,
          ])
          .where(per, 'is not', null)
          .$if(per === 'actor', (query) => query.where(context.inRange(time)))
          .groupBy([ref(per), ...perPeriod, ...parts.grouped]),
      )
      .with('totals', (db) => {
        const began = sql<Date>`${ref('began')}`;
        const start = per === 'session' ? periodOf(context, began) : sql<Date>`${ref('period')}`;
        const split = context.breakdown ? [ref('part')] : [];
        const reached = (step: number) =>
          steps
            .slice(0, step + 1)
            .reduce((count, _, index) => count.filterWhere(has(index), '>', lit(0)), fn.countAll<number>());
        return db
          .selectFrom('units')
          .select([
            (start as typeof began).as('period'),
            fn.countAll<number>().as('reached_0'),
            ...steps.map((_, index) => reached(index).as(`reached_${index + 1}`)),
            ...split.map((part) => part.as('part')),
          ])
          .$if(per === 'session', (query) => query.where(context.inRange(began)))
          .groupBy([start as Expression<Date>, ...split]);
      })
      .with('stepped', (db) => {
        const row = (step: string, index: number) => {
          const columns: AliasedExpression<unknown, string>[] = [
            ref('period').as('period'),
            ...(context.breakdown ? [ref('part').as('part')] : []),
            sql<number>`${sql.lit(index + 1)}`.as('step'),
            sql<string>`cast(${sql.lit(step)} as varchar)`.as('action'),
            ref(`reached_${index + 1}`).as('reached'),
            ref(`reached_${index}`).as('previous'),
            ref('reached_0').as('all'),
          ];
          return db.selectFrom('totals').select(columns);
        };
        const [first, ...others] = steps.map(row);
        if (!first) throw new Error('A funnel has steps');
        return others.reduce((union, one) => union.unionAll(one), first) as typeof first;
      });
    return (counted as unknown as QueryCreator<Rows>)
      .selectFrom('stepped')
      .select([
        periodText(parameters, sql<Date>`${ref('stepped.period')}`).as('period'),
        ...partColumn(context),
        'step',
        'action',
        'reached',
        ratio(ref('reached'), ref('previous')).as('ofPrevious'),
        ratio(ref('reached'), ref('all')).as('ofAll'),
      ])
      .$if(context.withHidden, (query) => query.select(['previous', 'all']))
      .orderBy('stepped.period')
      .$if(context.breakdown !== undefined, (query) =>
        query.orderBy('all', 'desc').orderBy('part', (order) => order.asc().nullsLast()),
      )
      .orderBy('step');
  },
});
