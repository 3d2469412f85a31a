/** The header that says which service of the emulator a request is for; it checks no signature. */
const authorization = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;

/**
 * A call in AWS's JSON protocol, such as `AWSStepFunctions.StartExecution` of `states`.
 *
 * @param version of the protocol, by the model of the service
 */
export async function jsonCall(
  url: string,
  service: string,
  target: string,
  input: object,
  version: '1.0' | '1.1' = '1.0',
): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': target,
      authorization: authorization(service),
      'x-amz-date': '20260101T000000Z',
    },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${target}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

/**
 * A request of a REST service with JSON, such as `GET /2015-03-31/functions/NAME` of `lambda`.
 *
 * @param path with the query
 */
export async function restCall(
  url: string,
  service: string,
  method: string,
  path: string,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: authorization(service) },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

/** A call in AWS's query protocol, such as `Subscribe` of `sns`. */
export async function queryCall(
  url: string,
  service: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: authorization(service) },
    body: new URLSearchParams(parameters),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

/** Writes an object of S3, or with a query such as `notification` a setting of its bucket. */
export async function putObject(url: string, path: string, body: string): Promise<void> {
  const answer = await fetch(`${url}/${path}`, {
    method: 'PUT',
    headers: { authorization: authorization('s3') },
    body,
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Removes an object of S3, or an empty bucket. */
export async function deleteObject(url: string, path: string): Promise<void> {
  const answer = await fetch(`${url}/${path}`, {
    method: 'DELETE',
    headers: { authorization: authorization('s3') },
  });
  if (!answer.ok) throw new Error(await answer.text());
}
