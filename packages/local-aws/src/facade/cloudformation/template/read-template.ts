import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { parse as parseYaml } from 'yaml';
import { AwsError } from '../../aws-error.ts';

/** The bucket and the key of an address of an object: of S3 in either style, of the stand-in, or `s3://bucket/key`. */
export function objectOf(url: string): { readonly bucket: string; readonly key: string } {
  const { protocol, hostname, pathname } = new URL(url);
  const path = decodeURIComponent(pathname.slice(1));
  const [virtual] = /^(.+)\.s3[.-]/.exec(hostname)?.slice(1) ?? [];
  if (protocol === 's3:') return { bucket: hostname, key: path };
  if (virtual !== undefined) return { bucket: virtual, key: path };
  const slash = path.indexOf('/');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

/**
 * The text of a template: of the request, or of the object at its address.
 *
 * @throws AwsError ValidationError when neither is given, or the object cannot be read
 */
export async function templateText(
  s3: S3Client,
  {
    TemplateBody,
    TemplateURL,
  }: { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined },
): Promise<string | undefined> {
  if (TemplateBody !== undefined) return TemplateBody;
  if (TemplateURL === undefined) return undefined;
  const { bucket, key } = objectOf(TemplateURL);
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    throw new AwsError(
      'ValidationError',
      `The template at ${TemplateURL} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The value of a template in JSON, or in YAML with CloudFormation's functions by their long names, as CDK writes it. */
export function templateValue(text: string): unknown {
  try {
    return text.trimStart().startsWith('{')
      ? JSON.parse(text)
      : parseYaml(text, {
          schema: 'yaml-1.1',
          customTags: (tags) =>
            tags.filter(
              (tag) =>
                tag !== 'timestamp' &&
                !(typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:timestamp'),
            ),
        });
  } catch (error) {
    throw new AwsError(
      'ValidationError',
      `Template format error: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
