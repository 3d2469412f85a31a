import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { permissionsFor } from './permissions.ts';
import type { PublishedAsset } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { tagList } from './tags.ts';

/** What is compared of a data source. */
export const dataSourceMembers = ({
  Name,
  Type,
  DataSourceParameters,
  SslProperties,
  VpcConnectionProperties,
}: QuickSightAssets['dataSource']) => ({
  Name,
  Type,
  DataSourceParameters,
  SslProperties,
  VpcConnectionProperties,
});

/** The data source: Athena with a workgroup. */
export function dataSourceAsset(
  client: QuickSightClient,
  { dataSource, principals }: Pick<QuickSightAssets, 'dataSource' | 'principals'>,
): PublishedAsset {
  const { AwsAccountId, DataSourceId, Credentials } = dataSource;
  const { Name, DataSourceParameters, SslProperties, VpcConnectionProperties } = dataSource;
  const which = { AwsAccountId, DataSourceId };
  const read = async () => {
    const { DescribeDataSourceCommand } = await sdk();
    return (await orMissing(client.send(new DescribeDataSourceCommand(which))))?.DataSource;
  };
  return {
    kind: 'data source',
    id: DataSourceId ?? '',
    members: dataSourceMembers(dataSource),
    fixed: ['Type'],
    permissions: permissionsFor('data source', principals),
    async read() {
      const live = await read();
      return live && { arn: live.Arn ?? '', members: { ...live }, state: stateOf(live) };
    },
    async create(tags) {
      const { CreateDataSourceCommand } = await sdk();
      const Permissions = [...this.permissions];
      const made = await client.send(
        new CreateDataSourceCommand({ ...dataSource, Permissions, Tags: tagList(tags) }),
      );
      return { arn: made.Arn ?? '' };
    },
    async update() {
      const { UpdateDataSourceCommand } = await sdk();
      const settings = { DataSourceParameters, SslProperties, VpcConnectionProperties, Credentials };
      const made = await client.send(new UpdateDataSourceCommand({ ...which, Name, ...settings }));
      return { arn: made.Arn ?? '' };
    },
    async state() {
      return stateOf(await read());
    },
    async readPermissions() {
      const { DescribeDataSourcePermissionsCommand } = await sdk();
      return (await client.send(new DescribeDataSourcePermissionsCommand(which))).Permissions ?? [];
    },
    async changePermissions({ grants, revokes }) {
      const { UpdateDataSourcePermissionsCommand } = await sdk();
      const changes = { GrantPermissions: [...grants], RevokePermissions: [...revokes] };
      await client.send(new UpdateDataSourcePermissionsCommand({ ...which, ...changes }));
    },
  };
}

const stateOf = (
  live:
    | {
        readonly Status?: string | undefined;
        readonly ErrorInfo?:
          | { readonly Type?: string | undefined; readonly Message?: string | undefined }
          | undefined;
      }
    | undefined,
) => ({
  status: live?.Status ?? 'DELETED',
  errors: live?.ErrorInfo ? [`${live.ErrorInfo.Type}: ${live.ErrorInfo.Message}`] : [],
});
