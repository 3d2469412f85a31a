import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..', '..', '..', '..');

/** Operations whose action in IAM has another name, or which are checked as more than one. None: they need no permission. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
  's3:AbortMultipartUpload': ['s3:AbortMultipartUpload'],
  's3:CopyObject': ['s3:GetObject', 's3:PutObject'],
  's3:DeleteObjects': ['s3:DeleteObject'],
  's3:GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:HeadObject': ['s3:GetObject'],
  // Its answer has the region also when it is refused, and nothing else is read.
  's3:HeadBucket': [],
  's3:ListMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  // Descriptions of definitions have no action of their own.
  'quicksight:DescribeAnalysisDefinition': ['quicksight:DescribeAnalysis'],
  'quicksight:DescribeDashboardDefinition': ['quicksight:DescribeDashboard'],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
  'sns:PublishBatch': ['sns:Publish'],
  // In boto3's words: an upload is sent in parts if it is large, and a copy looks at its source.
  's3:UploadFile': ['s3:PutObject', 's3:AbortMultipartUpload'],
  's3:Copy': ['s3:GetObject', 's3:PutObject'],
};

/** Methods of boto3's client of S3. */
const pythonCall =
  /\bclient(?:\(\))?\.(get_object|put_object|head_object|delete_objects|list_objects_v2|upload_file|copy)\(|get_paginator\("(\w+)"\)/g;

/**
 * The actions of IAM that the sources of files and folders ask for, from the commands of the AWS SDK and of boto3 that they send.
 * @returns the file by the action
 */
export function sourceActions(paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const files = filesOf(join(workspace, path));
    const services = new Set(files.flatMap((file) => servicesOf(readFileSync(file, 'utf8'))));
    for (const file of files)
      for (const operation of operationsOf(file, services))
        for (const action of actionsOf[operation] ?? [operation])
          found.set(action, relative(workspace, file));
  }
  return found;
}

/** The files of a folder that send commands. */
export const sendingFiles = (folder: string): string[] =>
  filesOf(join(workspace, folder))
    .filter((file) => commandsOf(readFileSync(file, 'utf8')).length > 0)
    .map((file) => relative(workspace, file));

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|py)$/.test(name))
        .map((name) => join(path, name))
    : [path];

const servicesOf = (source: string): string[] => [
  ...new Set([...source.matchAll(/@aws-sdk\/client-([\w-]+)'/g)].map(([, name = '']) => name)),
];

const commandsOf = (source: string): string[] =>
  [
    ...source
      .replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
      .matchAll(/\bnew (?:\w+\.)?([A-Z]\w+)Command\(|\bpaginate([A-Z]\w+)\(/g),
  ].map(([, command, paged]) => command ?? paged ?? '');

/** @param folder the services of the folder, for a file that is given its client */
function operationsOf(file: string, folder: ReadonlySet<string>): string[] {
  const source = readFileSync(file, 'utf8');
  if (file.endsWith('.py'))
    return [...source.matchAll(pythonCall)].map(([, method, paged]) => `s3:${camel(method ?? paged ?? '')}`);
  const commands = commandsOf(source);
  if (commands.length === 0) return [];
  const own = servicesOf(source);
  const [service = '', ...others] = own.length > 0 ? own : folder;
  if (service === '' || others.length > 0)
    throw new Error(`${file} sends ${commands.join(', ')} to which service?`);
  return commands.map((operation) => `${service}:${operation}`);
}

const camel = (method: string): string =>
  method
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
