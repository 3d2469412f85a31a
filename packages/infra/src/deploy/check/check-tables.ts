import type { Table } from '@aws-sdk/client-glue';
import { publishedSnapshot } from '@headwater/publish';
import { accountCall } from '../aws/account-call.ts';
import type { DeployClients } from '../aws/deploy-clients.ts';
import { findTable } from '../aws/glue-table.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import type { DeployProblem } from './deploy-problem.ts';

/** The parameters of a table of Glue with the digest of its version and its number. Publishing writes them, and the stack has the same. */
const marks = { snapshot: publishedSnapshot, version: 'headwater.version' };

interface StackTable {
  readonly id: string;
  readonly database: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * What to do about a table of Glue, or the database of one, that exists outside of the stack. CloudFormation imports by itself only what
 * has its primary identifier in the template. That of a table is an `Id` that Glue makes up
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html). That of a database is its name in
 * most regions, but a stack that took the database could not take the tables in it.
 */
export const outsideFix =
  "CloudFormation cannot take it over. Write infra: { catalog: 'published' } in the config, and headwater schema publish keeps the " +
  'tables; or delete its definition in Glue, which deletes no file, and deploy again. For a new table, run headwater schema publish ' +
  '--before-deploy in place of publishing it before the stack has it';

/**
 * Compares the tables that the stack would write with those in Glue: a stack goes around the gates of publishing, so it writes the version
 * that was published, and nothing else.
 *
 * @param owned the logical ids of the resources that the live stack has
 */
export async function checkTables(
  clients: DeployClients,
  synthesized: SynthesizedStack,
  owned: ReadonlySet<string>,
): Promise<readonly DeployProblem[]> {
  const problems: DeployProblem[] = [];
  for (const table of tablesOf(synthesized)) {
    const live = await accountCall(
      synthesized,
      `read the table ${table.database}.${table.name}`,
      findTable(clients, table.database, table.name),
    );
    problems.push(...tableProblems(table, live, owned.has(table.id)));
  }
  return problems;
}

function tableProblems(table: StackTable, live: Table | undefined, isOwned: boolean): DeployProblem[] {
  const whole = `${table.database}.${table.name}`;
  const publish = 'Run headwater schema publish, which checks what the change breaks, and deploy then';
  if (!live) {
    if (!isOwned) return [];
    return [
      {
        problem: `${whole} is in the stack, and missing in Glue`,
        fix: 'Run headwater schema publish, which makes it again',
      },
    ];
  }
  const version = live.Parameters?.[marks.version];
  const outside = isOwned
    ? []
    : [{ problem: `${whole} exists in Glue, and is not in the stack`, fix: outsideFix }];
  if (live.Parameters?.[marks.snapshot] === table.parameters[marks.snapshot]) return outside;
  const [has, writes] = [version, table.parameters[marks.version]].map((one) =>
    one === undefined ? 'no version' : `version ${one}`,
  );
  return [
    ...outside,
    { problem: `${whole} has ${has} in Glue, and the stack would write ${writes}`, fix: publish },
  ];
}

function tablesOf({ template: { Resources = {} } }: SynthesizedStack): StackTable[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::Glue::Table') return [];
    const input = Object(Properties['TableInput']);
    return [
      {
        id,
        database: String(Properties['DatabaseName']),
        name: String(input.Name),
        parameters: Object(input.Parameters),
      },
    ];
  });
}
