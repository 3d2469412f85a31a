import { deriveLakeFormation, type LakeFormationCall, type LakeFormationOptions } from '@headwater/core';
import { publishedTables } from '@headwater/publish';
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { Catalog } from './catalog.ts';
import { callId, namedByContent } from './lake-formation-calls.ts';
import { savedVersion } from './saved-version.ts';

/** Everybody whom IAM allows. */
const everybody = 'IAM_ALLOWED_PRINCIPALS';

/**
 * The tags or filters of Lake Formation for personal data, the grants of those whom `infra.lakeFormation` names, and the registration of the
 * lake. Whoever deploys has to be a data lake administrator.
 *
 * CloudFormation cannot revoke a right that it did not grant. So the database of the stack gives everybody no right to a new table
 * (`CreateTableDefaultPermissions`), and those tables that hold no cleaned event get it explicitly. A table that was there before keeps
 * the right of everybody until the last calls of `headwater derive lake-formation` take it.
 *
 * Tags of columns stay when the stack goes, as the tables do.
 */
export class LakeFormation extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables, infra, assets } = context;
    const options: LakeFormationOptions = infra.lakeFormation ?? {};
    const calls = namedByContent(
      tables.flatMap(({ schema }) => deriveLakeFormation(schema, target, options)),
    );
    const guarded = new Set(calls.flatMap(revokedTable));
    const open = tables.flatMap(({ schema }) =>
      publishedTables(savedVersion(assets.versions, schema), target)
        .map(({ Name }) => Name)
        .filter((name) => !guarded.has(name))
        .map((name) => openTable(name, context)),
    );
    let before: CfnResource | undefined;
    for (const call of onceEach([...calls, ...open])) {
      const resource = resourceOf(this, callId(call), call);
      if (!resource) continue;
      const catalog = Catalog.of(scope);
      // One after another: a grant needs its tag, and Lake Formation refuses changes of one resource at once.
      if (before) resource.node.addDependency(before);
      else if (catalog) resource.node.addDependency(...catalog.tableCatalogs());
      before = resource;
    }
  }
}

/** The resource of a call. Undefined for one that CloudFormation has no resource for. */
function resourceOf(scope: Construct, id: string, call: LakeFormationCall): CfnResource | undefined {
  switch (call.operation) {
    case 'CreateLFTag':
      return derivedResource(scope, id, 'AWS::LakeFormation::Tag', call.input);
    case 'AddLFTagsToResource': {
      const tags = derivedResource(scope, id, 'AWS::LakeFormation::TagAssociation', call.input);
      // One that goes would take the tags of columns that the new one has just tagged.
      tags.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return tags;
    }
    case 'CreateDataCellsFilter':
      return derivedResource(scope, id, 'AWS::LakeFormation::DataCellsFilter', call.input);
    case 'RegisterResource':
      return derivedResource(scope, id, 'AWS::LakeFormation::Resource', call.input);
    case 'GrantPermissions':
      return derivedResource(scope, id, 'AWS::LakeFormation::PrincipalPermissions', call.input);
    case 'RevokePermissions':
      return undefined;
  }
}

/** The table of which a call takes everybody's rights. */
function revokedTable({ operation, input }: LakeFormationCall): string[] {
  if (operation !== 'RevokePermissions' || !('Table' in input.Resource)) return [];
  const { Table } = input.Resource;
  return 'Name' in Table ? [Table.Name] : [];
}

/** Leaves a table to IAM. */
const openTable = (Name: string, { target }: PlatformContext): LakeFormationCall => ({
  operation: 'GrantPermissions',
  input: {
    CatalogId: target.account,
    Principal: { DataLakePrincipalIdentifier: everybody },
    Resource: { Table: { CatalogId: target.account, DatabaseName: target.database, Name } },
    Permissions: ['ALL'],
  },
});

/** Tables share the tag, the location and grants by tag. */
const onceEach = (calls: readonly LakeFormationCall[]): readonly LakeFormationCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify(call), call])).values(),
];
