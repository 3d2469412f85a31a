/** A column's type as Trino and Athena describe it: its name, its numbers, and the types inside. */
export interface TrinoType {
  /** In lower case, without the part in brackets: `decimal`, `timestamp with time zone`. */
  readonly name: string;
  /** Precision and scale, or a length. */
  readonly numbers: readonly number[];
  /** The element of an array, key and value of a map, or fields of a row; empty if the service does not describe them. */
  readonly members: readonly { readonly name: string; readonly type: TrinoType }[];
}

/** Trino's own description of a type in its results (https://trino.io/docs/current/develop/client-protocol.html). */
export interface TypeSignature {
  readonly rawType: string;
  readonly arguments?: readonly { readonly kind: string; readonly value: unknown }[];
}

/** Converts Trino's description of a type. */
export function typeFromSignature({ rawType, arguments: given = [] }: TypeSignature): TrinoType {
  return {
    name: rawType.toLowerCase(),
    numbers: given.filter(({ kind }) => kind === 'LONG').map(({ value }) => Number(value)),
    members: given.flatMap(({ kind, value }, index) => {
      if (kind === 'TYPE') return [{ name: `${index}`, type: typeFromSignature(value as TypeSignature) }];
      if (kind !== 'NAMED_TYPE') return [];
      const field = value as { fieldName?: { name: string }; typeSignature: TypeSignature };
      return [
        { name: field.fieldName?.name ?? `field${index}`, type: typeFromSignature(field.typeSignature) },
      ];
    }),
  };
}
