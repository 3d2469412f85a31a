import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { configNames } from '../config/load-config.ts';
import { shellWord } from '../output/shell-word.ts';
import { type WrittenProject, writeProject } from './write-project.ts';
import { workflowFiles, writeWorkflows } from './write-workflows.ts';

/** The services whose workflows can be written. */
export const ciServices = ['github'] as const;

/**
 * Writes workflows that check pull requests and deploy from main: beside a new project, or alone where the folder holds a project.
 * Existing files stay. Nothing is written when one of the workflows is there with other content.
 *
 * @returns what was written, and what is left to do: nothing on AWS or GitHub is set up
 * @throws HeadwaterError `OUTPUT_EXISTS`
 */
export async function writeCi(given: string): Promise<WrittenProject> {
  const workflows = await workflowFiles(given);
  const folder = resolve(given);
  const isThere = configNames.some((name) => existsSync(join(folder, name)));
  const place = relative(process.cwd(), folder);
  const project: WrittenProject = isThere
    ? { folder, written: [], next: place ? [`cd ${shellWord(place)}`] : [] }
    : await writeProject(given, true);
  return {
    folder,
    written: [...project.written, ...(await writeWorkflows(workflows))],
    next: [...project.next, ...(isThere ? ['npm install --save-dev typescript'] : []), ...setup],
  };
}

/** What a pull request and a deployment need besides the workflows. */
const setup = [
  'npx headwater schema save    # then commit schema/ and package-lock.json with the code',
  'npx headwater derive github-roles --repository OWNER/NAME    # with `aws` in the config: the roles for the two variables below',
  'gh variable set AWS_REGION --body eu-central-1',
  'gh variable set HEADWATER_PLAN_ROLE --body ARN',
  'gh variable set HEADWATER_DEPLOY_ROLE --body ARN',
];
