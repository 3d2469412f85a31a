import type { ProjectionCheck } from './projected-key.ts';

/** Glue's limit of one parameter; the metadata of a table as a whole may have about a megabyte, compressed. */
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
        .map((value) => `value "${value}" has white space, which is part of it`),
      ...twice.map(([value]) => `value "${value}" is there twice`),
      ...(values.length > maxParameter
        ? [`values take ${values.length} characters, more than the ${maxParameter} of a parameter`]
        : []),
    ];
  },
};
