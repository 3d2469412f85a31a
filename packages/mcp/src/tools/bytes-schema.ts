import type { BudgetState } from '@headwater/access';
import { objectSchema, type ToolSchema } from './tool.ts';

const size: ToolSchema = { type: 'integer', minimum: 0 };

/** Bytes with what is known about them. */
export const bytesSchema = (description: string): ToolSchema => ({
  ...objectSchema({ bytes: size, label: { type: 'string', enum: ['exact', 'upper bound'] } }),
  description,
});

/** The JSON Schema of {@link BudgetState}. */
export const budgetSchema: ToolSchema = objectSchema(
  {
    perCall: { ...size, description: 'Bytes that one call may read at most' },
    perSession: { ...size, description: 'Bytes that all calls of the session may read' },
    used: bytesSchema('What calls that ended have read'),
    reserved: { ...size, description: 'What calls that run may read' },
    left: { ...size, description: 'What further calls may read' },
    renews: { type: 'string', description: 'When the budget is whole again' },
  } satisfies Record<keyof BudgetState, ToolSchema>,
  { optional: ['renews'] },
);
