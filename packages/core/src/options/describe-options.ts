import { z } from 'zod';

/** One option of a zod object as plain data, for a help text, a form or a page of documentation. */
export interface OptionDescription {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default?: unknown;
  /** The allowed values, when they are a list. */
  readonly values?: readonly unknown[];
  /** The type's name in JSON Schema. */
  readonly type?: string;
}

/**
 * The options that a zod object accepts, in the order of its members.
 * @example describeOptions(z.object({ limit: z.int().default(10).describe('Number of rows') }))
 * // [{ name: 'limit', description: 'Number of rows', required: false, default: 10, type: 'integer' }]
 */
export function describeOptions(options: z.ZodType): OptionDescription[] {
  // A coerced number accepts any input. Its JSON Schema has the type of the checked number.
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
