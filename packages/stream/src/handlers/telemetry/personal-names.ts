import type { PiiClass, TableSchema } from '@headwater/core';

/**
 * The names in lower case under which personal data of a table may stand: those of its columns, their former names, their aliases, the fields of
 * sources, and the members that paths end with. Each has the most sensitive class of its columns.
 */
export function personalNames({ columns, sources = {} }: TableSchema): ReadonlyMap<string, PiiClass> {
  const names = new Map<string, PiiClass>();
  const add = (name: string, pii: PiiClass): void => {
    const key = name.toLowerCase();
    if (names.get(key) !== 'direct') names.set(key, pii);
  };
  const personal = columns.filter(({ pii }) => pii !== 'none');
  for (const { name, pii, aliases, renamedFrom, path = [] } of personal) {
    for (const one of [name, ...aliases, ...renamedFrom]) add(one, pii);
    const last = path.findLast((step) => step.step === 'member');
    if (last?.step === 'member') add(last.name, pii);
  }
  for (const { columns: fields = {} } of Object.values(sources))
    for (const [field, column] of Object.entries(fields)) {
      const pii = personal.find(({ name }) => name === column)?.pii;
      if (pii !== undefined) add(field, pii);
    }
  return names;
}
