import { z } from 'zod';

/** One option of a zod object, as plain data: for a help text, a form, a page of documentation. */
export interface OptionDescription {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default?: unknown;
  /** The allowed values, when they are a list. */
  readonly values?: readonly unknown[];
  /** JSON Schema's name of its type. */
  readonly type?: string;
}

/**
 * The options that a zod object accepts, in the order of its members.
 * @example describeOptions(z.object({ limit: z.int().default(10).describe('Number of rows') }))
 * // [{ name: 'limit', description: 'Number of rows', required: false, default: 10, type: 'integer' }]
 */
export function describeOptions(options: z.ZodType): OptionDescription[] {
  // A coerced number accepts anything before it is checked, so its type is that of the checked value.
  const { properties = {}, required = [] } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => {
    const {
      description = '',
      type,
      enum: values,
      default: fallback,
    } = typeof schema === 'object' ? schema : {};
    return {
      name,
      description,
      required: required.includes(name) && fallback === undefined,
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(values === undefined ? {} : { values }),
      ...(typeof type === 'string' ? { type } : {}),
    };
  });
}
