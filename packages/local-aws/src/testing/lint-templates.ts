import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { awsInterpreter } from './aws-interpreter.ts';

const matches = z.array(
  z.object({
    Filename: z.string(),
    Level: z.string(),
    Message: z.string(),
    Rule: z.object({ Id: z.string() }),
    Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
  }),
);

/**
 * Holds templates of CloudFormation to AWS's schemas of resources, by cfn-lint.
 *
 * @param files paths of templates
 * @param region the region whose schemas count
 * @returns the findings of each template, errors and warnings, one line each: `E3002 Resources/Job/Properties/Nme: Additional properties ...`
 * @see https://github.com/aws-cloudformation/cfn-lint
 */
export async function lintTemplates(files: readonly string[], region: string): Promise<string[][]> {
  await using copies = await escapedCopies(files);
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const child = spawn(
    awsInterpreter(),
    ['-c', program, '--format', 'json', '--regions', region, '--', ...copies.files],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [answer, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!answer.trim().startsWith('['))
    throw new Error(`cfn-lint ended: ${errors.trimEnd().split('\n').at(-1)}`);
  const found = matches.parse(JSON.parse(answer));
  return copies.files.map((file) =>
    found
      .filter(({ Filename }) => Filename === file)
      .map(({ Rule, Location, Message }) => `${Rule.Id} ${(Location.Path ?? []).join('/')}: ${Message}`),
  );
}

/** Copies with control characters as JSON's escapes: cfn-lint reads JSON as YAML, which has no others. CloudFormation reads it as JSON. */
async function escapedCopies(files: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-lint-'));
  const copies = files.map((_, index) => join(folder, `${index}.template.json`));
  for (const [index, copy] of copies.entries()) {
    const template = await readFile(files[index] ?? '', 'utf8');
    await writeFile(copy, template.replaceAll('\u007f', '\\u007f'));
  }
  return { files: copies, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
