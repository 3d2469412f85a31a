/**
 * A form of AWS's query protocol: lists as `Name.member.1`, maps as `Name.entry.1.key`.
 *
 * @param fixed the action and its version
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryForm(
  fixed: Readonly<Record<string, string>>,
  input: Readonly<Record<string, unknown>>,
): string {
  const form = new URLSearchParams(fixed);
  for (const [name, value] of Object.entries(input)) add(form, name, value);
  return form.toString();
}

/** Members of IAM and SNS that are maps: SNS alone has any. */
const maps: ReadonlySet<string> = new Set(['Attributes']);

function add(form: URLSearchParams, path: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) add(form, `${path}.member.${index + 1}`, item);
  else if (typeof value === 'object') {
    for (const [index, [name, item]] of Object.entries(value).entries()) {
      if (maps.has(path)) {
        add(form, `${path}.entry.${index + 1}.key`, name);
        add(form, `${path}.entry.${index + 1}.value`, item);
      } else add(form, `${path}.${name}`, item);
    }
  } else form.set(path, String(value));
}
