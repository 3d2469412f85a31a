import { z } from 'zod';

/** A type as Trino's protocol writes it: a name with arguments, nested. */
export interface TypeSignature {
  readonly rawType: string;
  readonly arguments: readonly TypeArgument[];
}

/** An argument of a type: another type, a named field, or a number. Numbers are kept as text. */
export type TypeArgument =
  | { readonly kind: 'TYPE'; readonly value: TypeSignature }
  | {
      readonly kind: 'NAMED_TYPE';
      readonly value: {
        readonly fieldName?: { readonly name: string } | null | undefined;
        readonly typeSignature: TypeSignature;
      };
    }
  | { readonly kind: 'LONG'; readonly value: string };

const typeSignature: z.ZodType<TypeSignature> = z.object({
  rawType: z.string(),
  arguments: z.array(z.lazy(() => typeArgument)).default([]),
});

const typeArgument: z.ZodType<TypeArgument> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('TYPE'), value: z.lazy(() => typeSignature) }),
  z.object({
    kind: z.literal('NAMED_TYPE'),
    value: z.object({
      fieldName: z.object({ name: z.string() }).nullish(),
      typeSignature: z.lazy(() => typeSignature),
    }),
  }),
  z.object({ kind: z.literal('LONG'), value: z.string() }),
]);

const count = z.string().default('0').transform(Number);

/**
 * One answer of Trino's statement protocol, with every number as its text.
 *
 * @see https://trino.io/docs/476/develop/client-protocol.html
 */
export const trinoPage = z.object({
  id: z.string(),
  nextUri: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), typeSignature })).optional(),
  data: z.array(z.array(z.unknown())).optional(),
  updateCount: z.string().optional(),
  stats: z.object({
    state: z.string(),
    queuedTimeMillis: count,
    elapsedTimeMillis: count,
    planningTimeMillis: count,
    physicalInputBytes: count,
  }),
  error: z.object({ message: z.string(), errorName: z.string(), errorType: z.string() }).optional(),
});

/** @see trinoPage */
export type TrinoPage = z.output<typeof trinoPage>;

/** A column of a result. */
export type TrinoColumn = NonNullable<TrinoPage['columns']>[number];
