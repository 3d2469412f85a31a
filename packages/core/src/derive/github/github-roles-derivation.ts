import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveGithubRoles } from './github-roles.ts';

/** The roles that the workflows of `headwater init --ci github` assume. */
export const githubRolesDerivation = defineDerivation({
  description: 'Roles for workflows of GitHub, by OpenID Connect, as a template of CloudFormation',
  details:
    'One role plans, for pull requests of the repository, and only reads. The other publishes, deploys and submits, for jobs in one environment. ' +
    'Nothing is stored on GitHub but the names of the roles, which are outputs of the stack. ' +
    'For many tables, the template is above the 51,200 bytes that --template-body takes: put it into a bucket, and pass --template-url.',
  needs: 'tables',
  options: z.object({
    repository: z
      .string({ error: 'needs --repository OWNER/NAME' })
      .describe(
        'The repository, owner/name. One that was made after July 15, 2026 is owner@ID/name@ID: gh api repos/OWNER/NAME/actions/oidc/customization/sub',
      ),
    environment: z
      .string()
      .optional()
      .describe('The environment of the job that deploys (default: production)'),
    stack: z.string().optional().describe("The name of the platform's stack (default: headwater-<database>)"),
    hasProvider: z
      .boolean()
      .optional()
      .describe("The account has the provider of GitHub's tokens already, and can have one only"),
  }),
  command:
    'aws cloudformation create-stack --stack-name headwater-github --capabilities CAPABILITY_NAMED_IAM --template-body',
  examples: [
    ['--repository ada/shop', 'For the repository ada/shop'],
    ['--repository ada@583231/shop@1296269 --has-provider', 'With ids, in an account that has the provider'],
  ],
  derive: ({ tables, target }, options) => jsonText(deriveGithubRoles(tables, target, options)),
});
