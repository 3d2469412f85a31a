import { spawn } from 'node:child_process';
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
 * @returns the findings, errors and warnings, one line each: `E3002 Resources/Job/Properties/Nme: Additional properties ...`
 * @see https://github.com/aws-cloudformation/cfn-lint
 */
export async function lintTemplates(files: readonly string[], region: string): Promise<string[]> {
  const program = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  const child = spawn(
    awsInterpreter(),
    ['-c', program, '--format', 'json', '--regions', region, '--', ...files],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [answer, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!answer.trim().startsWith('['))
    throw new Error(`cfn-lint ended: ${errors.trimEnd().split('\n').at(-1)}`);
  return matches
    .parse(JSON.parse(answer))
    .map(({ Rule, Location, Message }) => `${Rule.Id} ${(Location.Path ?? []).join('/')}: ${Message}`);
}
