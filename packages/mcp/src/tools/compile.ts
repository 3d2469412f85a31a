import { estimateLabel, withSignal } from '@headwater/access';
import { estimateScan } from '@headwater/queries';
import { jsonValue } from '../answer/json-value.ts';
import { budgetSchema, bytesSchema } from './bytes-schema.ts';
import { readQuestion } from './question.ts';
import { questionProperties } from './question-schema.ts';
import { objectSchema, type Tool, type ToolContext } from './tool.ts';

/** The SQL of a question and what it would read. Runs nothing. */
export const compileTool = (context: ToolContext): Tool => ({
  name: 'compile',
  title: 'Compile a question',
  description:
    'Shows the SQL of a question and how much it would read, without running it. Use it before a question over many days.',
  input: () => objectSchema(questionProperties(context), { optional: ['where'] }),
  output: () =>
    objectSchema({
      metric: { type: 'string' },
      sql: { type: 'string' },
      parameters: {
        type: 'array',
        description: 'Values of the placeholders, in their order. 64-bit integers are text',
      },
      estimate: bytesSchema('What the query would read'),
      isWithinBudget: { type: 'boolean' },
      budget: budgetSchema,
    }),
  async run(given, signal) {
    const { metric, query } = readQuestion(given, context);
    // A rollup may answer: its statement is the one that would run.
    const { sql, parameters } = await withSignal(query.statement(), signal);
    const { mostBytes } = await withSignal(estimateScan(context.lake, query), signal);
    const budget = context.caller.budget.state();
    return {
      metric: metric.name,
      sql,
      parameters: parameters.map(jsonValue),
      estimate: { bytes: mostBytes, label: estimateLabel(mostBytes) },
      isWithinBudget: mostBytes <= budget.perCall && mostBytes <= budget.left,
      budget,
    };
  },
});
