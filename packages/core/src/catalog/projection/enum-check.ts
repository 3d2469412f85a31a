import type { ProjectionCheck } from './projected-key.ts';

/** Glue's maximum size of one parameter. The metadata of a whole table has a limit of about 1 MB, compressed. */
const maxParameter = 512_000;

/** The rules of enum projection. */
export const enumCheck: ProjectionCheck = {
  properties: ['values'],
  problems({ texts: { values } }) {
    if (!values) return ['has no values'];
    const list = values.split(',');
    const twice = [...Map.groupBy(list, (value) => value)].filter(([, all]) => all.length > 1);
    return [
      ...(list.includes('') ? ['has an empty value'] : []),
      ...list
        .filter((value) => value !== value.trim())
        .map((value) => `value "${value}" has white space at its ends, which Athena does not trim`),
      ...twice.map(([value]) => `value "${value}" is listed twice`),
      ...(values.length > maxParameter
        ? [
            `values take ${values.length} characters, more than the maximum of ${maxParameter} for a parameter`,
          ]
        : []),
    ];
  },
};
