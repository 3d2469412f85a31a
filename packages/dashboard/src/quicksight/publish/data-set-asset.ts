import type { CreateDataSetCommandInput, QuickSightClient } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { permissionsFor } from './permissions.ts';
import type { AssetState, PublishedAsset } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { tagList } from './tags.ts';

/** What an update of a data set takes beside its name. */
const settings = [
  ...(['Name', 'PhysicalTableMap', 'LogicalTableMap', 'ImportMode', 'ColumnGroups', 'FieldFolders'] as const),
  ...(['RowLevelPermissionDataSet', 'ColumnLevelPermissionRules', 'DataSetUsageConfiguration'] as const),
  ...(['DatasetParameters', 'PerformanceConfiguration'] as const),
] as const;

/** The state of a run that fills a data set, as that of an asset: a run that was cancelled leaves the rows before. */
const ingestionStates: Readonly<Record<string, string>> = {
  COMPLETED: 'UPDATE_SUCCESSFUL',
  CANCELLED: 'UPDATE_SUCCESSFUL',
  FAILED: 'UPDATE_FAILED',
};

/** What an update of a data set takes. */
const takenOf = (dataSet: CreateDataSetCommandInput) =>
  Object.fromEntries(settings.map((name) => [name, dataSet[name]])) as Pick<
    CreateDataSetCommandInput,
    (typeof settings)[number]
  >;

/** What is compared of a data set. */
export const dataSetMembers = (dataSet: CreateDataSetCommandInput) => ({
  ...takenOf(dataSet),
  UseAs: dataSet.UseAs,
});

/** A data set. It is there as soon as the service has taken it; one in SPICE is then filled by a run. */
export function dataSetAsset(
  client: QuickSightClient,
  dataSet: CreateDataSetCommandInput,
  principals: QuickSightAssets['principals'],
): PublishedAsset {
  const { AwsAccountId, DataSetId } = dataSet;
  const which = { AwsAccountId, DataSetId };
  const taken = takenOf(dataSet);
  const there: AssetState = { status: 'UPDATE_SUCCESSFUL', errors: [] };
  return {
    kind: 'data set',
    id: DataSetId ?? '',
    members: dataSetMembers(dataSet),
    fixed: ['UseAs'],
    permissions: permissionsFor('data set', principals),
    async read() {
      const { DescribeDataSetCommand } = await sdk();
      const live = (await orMissing(client.send(new DescribeDataSetCommand(which))))?.DataSet;
      return live && { arn: live.Arn ?? '', members: { ...live }, state: there };
    },
    async create(tags) {
      const { CreateDataSetCommand } = await sdk();
      const Permissions = [...this.permissions];
      const made = await client.send(
        new CreateDataSetCommand({ ...dataSet, Permissions, Tags: tagList(tags) }),
      );
      return { arn: made.Arn ?? '', ingestion: made.IngestionId };
    },
    async update() {
      const { UpdateDataSetCommand } = await sdk();
      const made = await client.send(new UpdateDataSetCommand({ ...which, ...taken }));
      return { arn: made.Arn ?? '', ingestion: made.IngestionId };
    },
    async state({ ingestion }) {
      if (ingestion === undefined) return there;
      const { DescribeIngestionCommand } = await sdk();
      const { Ingestion } = await client.send(
        new DescribeIngestionCommand({ ...which, IngestionId: ingestion }),
      );
      const { IngestionStatus = '', ErrorInfo } = Ingestion ?? {};
      return {
        status: ingestionStates[IngestionStatus] ?? 'UPDATE_IN_PROGRESS',
        errors: ErrorInfo ? [`${ErrorInfo.Type}: ${ErrorInfo.Message}`] : [],
      };
    },
    async readPermissions() {
      const { DescribeDataSetPermissionsCommand } = await sdk();
      return (await client.send(new DescribeDataSetPermissionsCommand(which))).Permissions ?? [];
    },
    async changePermissions({ grants, revokes }) {
      const { UpdateDataSetPermissionsCommand } = await sdk();
      const changes = { GrantPermissions: [...grants], RevokePermissions: [...revokes] };
      await client.send(new UpdateDataSetPermissionsCommand({ ...which, ...changes }));
    },
  };
}
