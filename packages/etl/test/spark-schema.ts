/** A type as Spark gives it in JSON, from its short name: `struct<a:int,b:array<string>>`. Names have no colons in them. */
export function jsonType(text: string): unknown {
  let at = 0;
  const names: Readonly<Record<string, string>> = {
    int: 'integer',
    bigint: 'long',
    smallint: 'short',
    tinyint: 'byte',
  };
  const skip = (part: string): boolean => {
    const found = text.startsWith(part, at);
    if (found) at += part.length;
    return found;
  };
  const until = (ends: RegExp): string => {
    ends.lastIndex = at;
    const found = ends.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const type = (): unknown => {
    if (skip('struct<')) {
      const fields: unknown[] = [];
      while (!skip('>')) {
        skip(',');
        const name = until(/[^:]+/y);
        skip(':');
        fields.push({ name, type: type() });
      }
      return { type: 'struct', fields };
    }
    if (skip('array<')) {
      const elementType = type();
      skip('>');
      return { type: 'array', elementType };
    }
    if (skip('map<')) {
      const keyType = type();
      skip(',');
      const valueType = type();
      skip('>');
      return { type: 'map', keyType, valueType };
    }
    const name = until(/decimal\(\d+,\d+\)|[a-z_]+/y);
    return names[name] ?? name;
  };
  const root = type() as { readonly fields: unknown };
  return root.fields;
}
