import { dateCheck } from './date-check.ts';
import { enumCheck } from './enum-check.ts';
import { integerCheck } from './integer-check.ts';
import type { ProjectionCheck } from './projected-key.ts';
import type { Projection } from './projection.ts';

/** The rules of each projection type. */
export const projectionChecks: { readonly [Type in Projection['type']]: ProjectionCheck } = {
  date: dateCheck,
  integer: integerCheck,
  enum: enumCheck,
  injected: {
    properties: [],
    problems: ({ hiveType }) =>
      hiveType === 'string' ? [] : [`is ${hiveType}, but an injected key must be string`],
  },
};

/** The check of a projection type, in any case and with any spaces around it. */
export function projectionCheckOf(type: string): ProjectionCheck | undefined {
  const name = type.trim().toLowerCase();
  return Object.entries(projectionChecks).find(([known]) => known === name)?.[1];
}
