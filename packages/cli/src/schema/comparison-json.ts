import type { SchemaComparison } from './compare-schema.ts';

/** A comparison as `--json` prints it. */
export function comparisonJson({ diff, metrics, queries }: SchemaComparison): object {
  return { ...diff, metrics, queries };
}
