import { HeadwaterError } from '@headwater/core';
import { isDay, zoneProblem } from '@headwater/core/internal';
import { z } from 'zod';
import type { BreakdownName } from './breakdown.ts';
import type { Grain, GrainChoice } from './grain.ts';

/** Parameters of one metric, beside those that every metric has. */
export type ParameterShape = Readonly<Record<string, z.ZodType>>;

/** The range that every metric is asked over: whole days, both inside. */
export interface RangeParameters {
  readonly from: string;
  readonly to: string;
  /** The time zone of the days, of periods, hours and weekdays. Defaults to the zone of the table, which is UTC by default. */
  readonly zone?: string | undefined;
}

/** What the parameters of a metric follow from. */
export interface ParameterParts<
  Shape extends ParameterShape,
  OneGrain extends Grain,
  By extends BreakdownName,
> {
  readonly parameters?: Shape;
  readonly grain?: GrainChoice<OneGrain>;
  readonly breakdowns?: readonly By[];
}

type Only<Key, Parameters> = [Key] extends [never] ? unknown : Parameters;

/** What a caller gives; defaults may be left out. */
export type ParametersIn<
  Shape extends ParameterShape,
  OneGrain extends Grain,
  By extends BreakdownName,
> = RangeParameters &
  Only<OneGrain, { readonly grain?: OneGrain | undefined }> &
  Only<By, { readonly by?: 'none' | By | undefined }> &
  Only<keyof Shape, z.input<z.ZodObject<Shape>>>;

/** What a query is built from. */
export type ParametersOut<
  Shape extends ParameterShape,
  OneGrain extends Grain,
  By extends BreakdownName,
> = RangeParameters &
  Only<OneGrain, { readonly grain: OneGrain }> &
  Only<By, { readonly by: 'none' | By }> &
  Only<keyof Shape, z.output<z.ZodObject<Shape>>>;

const day = z.string().refine(isDay, 'expected a day that exists, as YYYY-MM-DD');
const range = {
  from: day.describe('First day, YYYY-MM-DD'),
  to: day.describe('Last day, inclusive, YYYY-MM-DD'),
};
const zone = z
  .string()
  .superRefine((name, { addIssue }) => {
    const found = zoneProblem(name);
    if (found) addIssue({ code: 'custom', message: `${found.problem}. ${found.fix}` });
  })
  .optional()
  .describe(
    'Time zone of days and hours in place of UTC, such as Europe/London; defaults to that of the table',
  );

const grainType = ({ of }: GrainChoice) => z.enum(of);

/** A parameter of a ranking: how many rows it gives. */
export const limitParameter = (rows = 10) =>
  z.coerce.number().int().min(1).max(100_000).default(rows).describe('How many rows');

/** The parameters of a metric as a zod type: its range, its grain, its break-downs, and its own. */
export function parametersOf<Shape extends ParameterShape, OneGrain extends Grain, By extends BreakdownName>(
  parts: ParameterParts<Shape, OneGrain, By>,
): z.ZodType<ParametersOut<Shape, OneGrain, By>, ParametersIn<Shape, OneGrain, By>> {
  const { parameters, breakdowns = [] } = parts;
  const grain: GrainChoice | undefined = parts.grain;
  const isBroken = breakdowns.length > 0;
  const whole: Grain | undefined = grain?.of.find((one) => one === 'all');
  // Periods of every part would be many rows: broken down, the range is one period by default.
  const isWhole = isBroken && whole !== undefined && grain?.default !== whole;
  const words = 'Length of a period (weeks begin on Monday; all is the range as one)';
  const object = z.strictObject({
    ...range,
    ...(grain && {
      grain: isWhole
        ? z.optional(grainType(grain)).describe(`${words}; defaults to ${grain.default}, and to all with by`)
        : grainType(grain).default(grain.default).describe(words),
    }),
    ...(isBroken && {
      by: z
        .enum(['none', ...breakdowns] as readonly string[])
        .default('none')
        .describe('Dimension to break down by'),
    }),
    zone,
    ...parameters,
  });
  const filled = isWhole
    ? object.transform((given) => ({
        ...given,
        grain: given.grain ?? (given.by === 'none' ? grain?.default : whole),
      }))
    : object;
  // The shape is put together here, and TypeScript cannot follow which parts are there.
  return filled as unknown as z.ZodType<
    ParametersOut<Shape, OneGrain, By>,
    ParametersIn<Shape, OneGrain, By>
  >;
}

/**
 * Reads the parameters of a question.
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 */
export function readParameters(
  { name, parameters }: { readonly name: string; readonly parameters: z.ZodType },
  input: unknown,
): RangeParameters {
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric: name, problem });
  };
  const parsed = parameters.safeParse(input);
  if (!parsed.success)
    return fail(
      parsed.error.issues
        .map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
        .join('; '),
    );
  const read = parsed.data as RangeParameters;
  return read.from > read.to ? fail(`to: ${read.to} is before from ${read.from}`) : read;
}
