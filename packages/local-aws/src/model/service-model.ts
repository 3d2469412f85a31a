import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { awsPython } from '../install/aws-python.ts';
import { interpreterOf } from '../install/python-environment.ts';

const member = z.object({
  shape: z.string(),
  location: z.string().optional(),
  locationName: z.string().optional(),
});

/** The words by which QuickSight says that only one member of a structure may be given. */
const oneMemberWords = /(?:union|variant) type structure/;

const shape = z.object({
  type: z.string(),
  union: z.boolean().optional(),
  /** Whether the documentation says that only one member may be given; its text is not kept. */
  documentation: z
    .string()
    .transform((text) => oneMemberWords.test(text))
    .optional(),
  required: z.array(z.string()).optional(),
  /** The member of a REST input that is the whole body. */
  payload: z.string().optional(),
  members: z.record(z.string(), member).optional(),
  member: member.optional(),
  key: member.optional(),
  value: member.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

const metadata = z.object({
  protocol: z.string(),
  endpointPrefix: z.string(),
  apiVersion: z.string(),
  /** The service in signatures; `endpointPrefix` where absent. */
  signingName: z.string().optional(),
  /** The part of X-Amz-Target before the operation, for services that speak JSON. */
  targetPrefix: z.string().optional(),
  jsonVersion: z.string().optional(),
});

const model = z.object({
  metadata,
  operations: z.record(
    z.string(),
    z.object({
      http: z.object({ method: z.string(), requestUri: z.string() }),
      input: z.object({ shape: z.string() }).optional(),
    }),
  ),
  shapes: z.record(z.string(), shape),
});

/** The API of a service as AWS describes it: operations, and the shapes of what they take. */
export type ServiceModel = z.output<typeof model>;

/** A shape of a {@link ServiceModel}. */
export type ModelShape = z.output<typeof shape>;

/** Each model once: that of QuickSight takes most of a second to read. */
const models = new Map<string, ServiceModel>();

/**
 * Reads a service's model, as botocore has it
 * (https://github.com/boto/botocore/blob/develop/docs/source/reference/loaders.rst). A model that was read is kept.
 *
 * @param service as botocore names it, such as `databrew`
 * @param interpreter the Python with botocore. Defaults to that of the stand-in
 * @throws Error when botocore is not installed there
 */
export function readServiceModel(service: string, interpreter = interpreterOf(awsPython)): ServiceModel {
  const key = `${interpreter} ${service}`;
  const known = models.get(key);
  if (known !== undefined) return known;
  const folder = join(dataFolder(interpreter), service);
  const version = readdirSync(folder).toSorted().at(-1) ?? '';
  const text = gunzipSync(readFileSync(join(folder, version, 'service-2.json.gz'))).toString('utf8');
  const read = model.parse(JSON.parse(text));
  models.set(key, read);
  return read;
}

function dataFolder(interpreter: string): string {
  const environment = dirname(dirname(interpreter));
  const lib = join(environment, 'lib');
  const versions = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith('python3')) : [];
  const folders = [...versions.map((name) => join(lib, name)), join(environment, 'Lib')]
    .map((folder) => join(folder, 'site-packages', 'botocore', 'data'))
    .filter((folder) => existsSync(folder));
  const [found] = folders;
  if (found === undefined) throw new Error(`botocore is not installed for ${interpreter}`);
  return found;
}
