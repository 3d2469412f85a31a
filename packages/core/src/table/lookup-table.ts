import type { z } from 'zod';
import type { ManyMatches, NoMatch } from './lookup-rule.ts';
import type { Column } from './table-schema.ts';

/** A table beside the events, such as the pages of a shop. */
export interface LookupTable<
  Shape extends Readonly<Record<string, z.core.$ZodType>> = Readonly<Record<string, z.core.$ZodType>>,
> {
  readonly name: string;
  readonly key: string;
  readonly shape: Shape;
  readonly columns: readonly Column[];
  readonly many: ManyMatches;
  readonly none: NoMatch;
}
