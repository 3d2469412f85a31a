import type { CreateThemeCommandInput, QuickSightClient } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { errorTexts } from './error-texts.ts';
import { permissionsFor } from './permissions.ts';
import type { PublishedAsset } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { tagList } from './tags.ts';

/** What is compared of a theme. */
export const themeMembers = ({ Name, BaseThemeId, Configuration }: CreateThemeCommandInput) => ({
  Name,
  BaseThemeId,
  Configuration,
});

/** A theme. Its newest version is the one that is used. */
export function themeAsset(
  client: QuickSightClient,
  theme: CreateThemeCommandInput,
  principals: QuickSightAssets['principals'],
): PublishedAsset {
  const { AwsAccountId, ThemeId } = theme;
  const which = { AwsAccountId, ThemeId };
  const content = themeMembers(theme);
  const read = async () => {
    const { DescribeThemeCommand } = await sdk();
    return (await orMissing(client.send(new DescribeThemeCommand(which))))?.Theme;
  };
  const stateOf = ({ Version }: NonNullable<Awaited<ReturnType<typeof read>>>) => ({
    status: Version?.Status ?? '',
    errors: errorTexts(Version?.Errors),
  });
  return {
    kind: 'theme',
    id: ThemeId ?? '',
    members: content,
    fixed: [],
    permissions: permissionsFor('theme', principals),
    async read() {
      const live = await read();
      return (
        live && {
          arn: live.Arn ?? '',
          members: { Name: live.Name, ...live.Version },
          state: stateOf(live),
        }
      );
    },
    async create(tags, VersionDescription) {
      const { CreateThemeCommand } = await sdk();
      const Permissions = [...this.permissions];
      const made = await client.send(
        new CreateThemeCommand({ ...theme, VersionDescription, Permissions, Tags: tagList(tags) }),
      );
      return { arn: made.Arn ?? '' };
    },
    async update(VersionDescription) {
      const { UpdateThemeCommand } = await sdk();
      const made = await client.send(new UpdateThemeCommand({ ...which, ...content, VersionDescription }));
      return { arn: made.Arn ?? '' };
    },
    async state() {
      const live = await read();
      return live ? stateOf(live) : { status: 'DELETED', errors: [] };
    },
    async readPermissions() {
      const { DescribeThemePermissionsCommand } = await sdk();
      return (await client.send(new DescribeThemePermissionsCommand(which))).Permissions ?? [];
    },
    async changePermissions({ grants, revokes }) {
      const { UpdateThemePermissionsCommand } = await sdk();
      const changes = { GrantPermissions: [...grants], RevokePermissions: [...revokes] };
      await client.send(new UpdateThemePermissionsCommand({ ...which, ...changes }));
    },
  };
}
