import type { ServiceModel } from '../../../model/service-model.ts';

/** A request of a REST service. */
interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The request of a REST service with JSON: members that are labels of the path, words of the query or headers go there, others into the body.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export function restRequest(
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): RestRequest {
  const { http, input: given } = model.operations[operation] ?? {};
  if (http === undefined) throw new Error(`There is no operation ${operation}`);
  const { members = {}, payload } = model.shapes[given?.shape ?? ''] ?? {};
  const [template = '', fixed = ''] = http.requestUri.split('?');
  const query = new URLSearchParams(fixed);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const body: Record<string, unknown> = {};
  let path = template;
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const { location, locationName = name } = members[name] ?? {};
    if (location === 'uri') {
      path = path
        .replace(`{${locationName}}`, encodeURIComponent(String(value)))
        .replace(`{${locationName}+}`, String(value));
    } else if (location === 'querystring')
      for (const item of [value].flat()) query.append(locationName, String(item));
    else if (location === 'header') headers[locationName] = String(value);
    else body[locationName] = value;
  }
  const words = query.toString();
  return {
    method: http.method,
    path: words === '' ? path : `${path}?${words}`,
    headers,
    body: JSON.stringify(payload === undefined ? body : (body[payload] ?? {})),
  };
}
