import { type FileSchema, quoteText } from '@headwater/core/internal';
import type { RawRelation } from './raw-relation.ts';

/** The same rows with the constants of the source as the texts of their columns. */
export function withConstants({ columns }: FileSchema, relation: RawRelation): RawRelation {
  const texts = columns.flatMap(({ constant }, index) =>
    constant === undefined ? [] : [`${quoteText(constant)} AS r${index}`],
  );
  if (texts.length === 0) return relation;
  return { ...relation, select: `SELECT * REPLACE (${texts.join(', ')}) FROM (${relation.select})` };
}
