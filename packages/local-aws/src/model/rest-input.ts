import type { ServiceModel } from './service-model.ts';

/** A request of a REST service by its API's names. */
export interface RestInput {
  readonly operation: string;
  /** The members of its path, its query and its body together. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Finds the operation of a REST request, and its input.
 *
 * @param path with the query, as the request has it
 * @param body JSON, or empty
 * @returns undefined for a path that the service does not have
 */
export function restInput(
  model: ServiceModel,
  method: string,
  path: string,
  body: string,
): RestInput | undefined {
  const url = new URL(path, 'http://localhost');
  for (const [operation, { http, input }] of Object.entries(model.operations)) {
    const labels = http.method === method ? labelsOf(http.requestUri, url.pathname) : undefined;
    if (labels === undefined) continue;
    const members = model.shapes[input?.shape ?? '']?.members ?? {};
    const given: Record<string, unknown> = body === '' ? {} : JSON.parse(body);
    for (const [name, { shape, location, locationName = name }] of Object.entries(members)) {
      const text =
        location === 'uri'
          ? labels[locationName]
          : location === 'querystring'
            ? url.searchParams.get(locationName)
            : null;
      if (text === null || text === undefined) continue;
      given[name] = memberOf(model.shapes[shape]?.type, text);
    }
    return { operation, input: given };
  }
  return undefined;
}

/** A label or a word of the query as its shape has it: both are texts on the way. */
function memberOf(type: string | undefined, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  return type === 'integer' || type === 'long' ? Number(text) : text;
}

/** The labels of a template such as `/recipes/{name}/publishRecipe` in a path. Undefined when the path is another one. */
function labelsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const [, label] = /^\{(.+)\}$/.exec(part) ?? [];
    if (label !== undefined) labels[label] = decodeURIComponent(given[index] ?? '');
    else if (part !== given[index]) return undefined;
  }
  return labels;
}
