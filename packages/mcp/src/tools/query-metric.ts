import { type Scanned, timeLimit, withinBudget } from '@headwater/access';
import { answerZone, describeAnswer } from '@headwater/queries';
import { z } from 'zod';
import { digestOf, maskedColumns } from '../answer/mask-columns.ts';
import { readRows } from '../answer/read-rows.ts';
import { budgetSchema, bytesSchema } from './bytes-schema.ts';
import { readArguments, readQuestion } from './question.ts';
import { questionProperties } from './question-schema.ts';
import { anyRowSchema } from './row-schema.ts';
import { objectSchema, type Tool, type ToolContext, type ToolSchema } from './tool.ts';

const truncationSchema: ToolSchema = objectSchema({
  limit: { type: 'string', enum: ['rows', 'characters'] },
  most: { type: 'integer' },
  advice: { type: 'string' },
});

const rowsType = z.looseObject({ rows: z.int().positive().optional() });

/** The answer of a metric. */
export const queryMetric = (context: ToolContext): Tool => ({
  name: 'query_metric',
  title: 'Ask a metric',
  description:
    'Answers a metric over a range of days. A question that could read more than the budget is refused before anything runs. The answer says whether it is whole: when "truncated" is there, rows are missing.',
  input: () =>
    objectSchema(
      {
        ...questionProperties(context),
        rows: {
          type: 'integer',
          minimum: 1,
          maximum: context.limits.rows,
          description: `The most rows to give; ${context.limits.rows} unless it is less`,
        },
      },
      { optional: ['where', 'rows'] },
    ),
  output: () =>
    objectSchema(
      {
        metric: { type: 'string' },
        table: { type: 'string' },
        zone: { type: 'string', description: 'Time zone of days and hours, when it is not UTC' },
        columns: { type: 'array', items: { type: 'object', additionalProperties: true } },
        rows: { type: 'array', items: anyRowSchema(context) },
        truncated: { ...truncationSchema, description: 'Rows are missing. Absent when the answer is whole' },
        masked: { type: 'array', items: { type: 'string' }, description: 'Columns whose values are digests' },
        scan: objectSchema({
          estimate: bytesSchema('What was reserved before the query ran'),
          charged: bytesSchema('What the budget was charged after it'),
        }),
        budget: budgetSchema,
      },
      { optional: ['zone', 'truncated'] },
    ),
  async run(given, signal) {
    const { lake, table, caller, limits, timeoutSeconds } = context;
    const { rows: asked = limits.rows, ...question } = readArguments('query_metric', rowsType, given);
    const { metric, query, asked: parameters } = readQuestion(question, context);
    const { schema } = table.definition;
    const { columns } = describeAnswer(metric, parameters, { schema });
    const masked = maskedColumns(columns, schema, caller);
    const most = { ...limits, rows: Math.min(asked, limits.rows) };
    const limit = timeLimit(timeoutSeconds, signal);
    let scan: Pick<Scanned, 'estimate' | 'charged'> | undefined;
    const onScanned = ({ estimate, charged }: Scanned): void => {
      scan = { estimate, charged };
    };
    const budgeted = { lake, query, budget: caller.budget, signal: limit.signal, onScanned };
    const ask = async () => {
      const endTurn = await caller.takeTurn?.(limit.signal);
      try {
        const stream = withinBudget(budgeted, (options) => query.stream(options));
        return await readRows(stream, most, masked, digestOf);
      } finally {
        endTurn?.();
      }
    };
    const answer = await ask().catch((error: unknown) => {
      throw limit.explain(error);
    });
    const zone = answerZone({ schema, zone: zoneOf(parameters) });
    const { stoppedBy } = answer;
    return {
      metric: metric.name,
      table: table.definition.name,
      ...(zone === undefined ? {} : { zone }),
      columns,
      rows: answer.rows,
      ...(stoppedBy
        ? { truncated: { limit: stoppedBy, most: most[stoppedBy], advice: advice[stoppedBy] } }
        : {}),
      masked: [...masked],
      scan,
      budget: caller.budget.state(),
    };
  },
});

const advice = {
  rows: 'There are more rows. Ask for fewer days, a longer grain, or the limit of a ranking',
  characters: 'The answer is too long. Ask for fewer rows, fewer days or a longer grain',
} as const;

const zoneOf = ({ zone }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof zone === 'string' ? zone : undefined;
