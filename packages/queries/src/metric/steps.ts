import { z } from 'zod';

const isDistinct = (steps: readonly string[]): boolean => new Set(steps).size === steps.length;

/** The steps of a funnel that names none. */
export const defaultSteps: readonly string[] = ['view', 'cart', 'purchase'];

/** The steps of a funnel: actions of the table in their order, as a list or as a text with commas. */
export const stepsParameter = z
  .union([z.string(), z.array(z.string()).readonly()])
  .transform((given) => (typeof given === 'string' ? given.split(',') : given).map((step) => step.trim()))
  .refine(
    (steps) => steps.length >= 2 && steps.length <= 20,
    'expected 2 to 20 actions, such as view,cart,purchase',
  )
  .refine(isDistinct, 'an action is named twice')
  .default([...defaultSteps])
  .describe('Actions of the table, in the order of the steps');
