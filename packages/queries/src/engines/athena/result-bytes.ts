import type { Readable } from 'node:stream';
import { type AboutCall, callAthena } from './athena-call.ts';
import type { AthenaClients } from './athena-clients.ts';
import { callError } from './athena-error.ts';

/** How often in a row a stream may break off without a byte. */
const mostBreaks = 5;

/**
 * The bytes of a result file. When the connection breaks off, reading resumes at the byte after the last one, of the same object
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, `Range` and `If-Match`): a reader that is slow for longer than S3
 * keeps the connection would otherwise lose an answer that was paid for.
 *
 * @param file `s3://<bucket>/<key>`
 * @throws HeadwaterError `QUERY_FAILED`, `QUERY_UNAVAILABLE`; the signal's reason when it was aborted
 */
export async function* resultBytes(
  { s3 }: Pick<AthenaClients, 's3'>,
  about: AboutCall,
  file: string,
): AsyncIterableIterator<Uint8Array> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { hostname: Bucket, pathname } = new URL(file);
  const Key = decodeURIComponent(pathname.slice(1));
  const abort = about.signal ? { abortSignal: about.signal } : {};
  let read = 0;
  let etag: string | undefined;
  for (let breaks = 0; ; ) {
    const rest = read === 0 ? {} : { Range: `bytes=${read}-`, IfMatch: etag };
    const { Body, ETag } = await callAthena(about, () =>
      s3.send(new GetObjectCommand({ Bucket, Key, ...rest }), abort),
    );
    etag ??= ETag;
    // In Node, the body is a Node stream.
    const body = Body as Readable;
    try {
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        read += piece.byteLength;
        breaks = 0;
        yield piece;
      }
      return;
    } catch (error) {
      if (about.signal?.aborted) throw about.signal.reason;
      breaks += 1;
      if (breaks > mostBreaks) throw callError(about.sql, about.queryId, error);
    } finally {
      body.destroy();
    }
  }
}
