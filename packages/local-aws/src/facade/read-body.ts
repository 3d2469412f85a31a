import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/** Larger than any request of the JSON services. S3 has larger ones, but those are streamed. */
const largest = 16 * 1024 * 1024;

/** Reads the whole body. @throws AwsError above 16 MB */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > largest)
      throw new AwsError('RequestEntityTooLargeException', 'The request is too large', {}, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
