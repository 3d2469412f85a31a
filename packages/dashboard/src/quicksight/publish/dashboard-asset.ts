import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { ValidationStrategy } from './analysis-asset.ts';
import { errorTexts } from './error-texts.ts';
import { permissionsFor } from './permissions.ts';
import type { PublishedAsset } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { tagList } from './tags.ts';

/** The number at the end of the ARN of a version. */
const versionOf = (arn: string | undefined): number | undefined => {
  const number = Number(arn?.split('/').at(-1));
  return Number.isInteger(number) ? number : undefined;
};

/** What is compared of a dashboard. */
export const dashboardMembers = ({
  Name,
  ThemeArn,
  Definition,
  DashboardPublishOptions,
}: QuickSightAssets['dashboard']) => ({ Name, ThemeArn, Definition, DashboardPublishOptions });

/** The dashboard. Each update is a version, and readers see the one that is published. */
export function dashboardAsset(
  client: QuickSightClient,
  { dashboard, principals }: Pick<QuickSightAssets, 'dashboard' | 'principals'>,
): PublishedAsset {
  const { AwsAccountId, DashboardId, Definition } = dashboard;
  const which = { AwsAccountId, DashboardId };
  const content = dashboardMembers(dashboard);
  const describe = async (VersionNumber?: number) => {
    const { DescribeDashboardCommand } = await sdk();
    const version = VersionNumber === undefined ? {} : { VersionNumber };
    return (await orMissing(client.send(new DescribeDashboardCommand({ ...which, ...version }))))?.Dashboard;
  };
  return {
    kind: 'dashboard',
    id: DashboardId ?? '',
    members: content,
    fixed: [],
    permissions: permissionsFor('dashboard', principals),
    async read() {
      const found = await describe();
      if (!found) return undefined;
      const { DescribeDashboardDefinitionCommand } = await sdk();
      const live = await client.send(new DescribeDashboardDefinitionCommand(which));
      return {
        arn: found.Arn ?? '',
        members: { ...live },
        state: { status: live.ResourceStatus ?? '', errors: errorTexts(live.Errors, Definition) },
        description: found.Version?.Description,
      };
    },
    async create(tags, VersionDescription) {
      const { CreateDashboardCommand } = await sdk();
      const made = await client.send(
        new CreateDashboardCommand({
          ...dashboard,
          ValidationStrategy,
          VersionDescription,
          Permissions: [...this.permissions],
          Tags: tagList(tags),
        }),
      );
      // The first version is the one that readers see, as soon as it is there.
      return { arn: made.Arn ?? '' };
    },
    async update(VersionDescription) {
      const { UpdateDashboardCommand } = await sdk();
      const made = await client.send(
        new UpdateDashboardCommand({ ...which, ...content, ValidationStrategy, VersionDescription }),
      );
      return { arn: made.Arn ?? '', version: versionOf(made.VersionArn) };
    },
    async state({ version }) {
      const found = (await describe(version))?.Version;
      return { status: found?.Status ?? '', errors: errorTexts(found?.Errors, Definition) };
    },
    async show(VersionNumber) {
      const { UpdateDashboardPublishedVersionCommand } = await sdk();
      await client.send(new UpdateDashboardPublishedVersionCommand({ ...which, VersionNumber }));
    },
    async unseen() {
      const { paginateListDashboardVersions } = await sdk();
      let newest = 0;
      for await (const { DashboardVersionSummaryList = [] } of paginateListDashboardVersions(
        { client },
        which,
      ))
        for (const { VersionNumber = 0 } of DashboardVersionSummaryList)
          newest = Math.max(newest, VersionNumber);
      const seen = (await describe())?.Version?.VersionNumber ?? 0;
      if (newest <= seen) return undefined;
      return { version: newest, description: (await describe(newest))?.Version?.Description };
    },
    async readPermissions() {
      const { DescribeDashboardPermissionsCommand } = await sdk();
      return (await client.send(new DescribeDashboardPermissionsCommand(which))).Permissions ?? [];
    },
    async changePermissions({ grants, revokes }) {
      const { UpdateDashboardPermissionsCommand } = await sdk();
      const changes = { GrantPermissions: [...grants], RevokePermissions: [...revokes] };
      await client.send(new UpdateDashboardPermissionsCommand({ ...which, ...changes }));
    },
  };
}
