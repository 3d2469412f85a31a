import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { errorTexts } from './error-texts.ts';
import { permissionsFor } from './permissions.ts';
import type { PublishedAsset } from './published-asset.ts';
import { orMissing, sdk } from './quicksight-calls.ts';
import { tagList } from './tags.ts';

/** Every error of a definition is one: none is skipped. */
export const ValidationStrategy = { Mode: 'STRICT' } as const;

/** What is compared of an analysis. */
export const analysisMembers = ({ Name, ThemeArn, Definition }: QuickSightAssets['analysis']) => ({
  Name,
  ThemeArn,
  Definition,
});

/** The analysis, from which authors go on. */
export function analysisAsset(
  client: QuickSightClient,
  { analysis, principals }: Pick<QuickSightAssets, 'analysis' | 'principals'>,
): PublishedAsset {
  const { AwsAccountId, AnalysisId, Definition } = analysis;
  const which = { AwsAccountId, AnalysisId };
  const content = analysisMembers(analysis);
  return {
    kind: 'analysis',
    id: AnalysisId ?? '',
    members: content,
    fixed: [],
    permissions: permissionsFor('analysis', principals),
    async read() {
      const { DescribeAnalysisCommand, DescribeAnalysisDefinitionCommand } = await sdk();
      const found = (await orMissing(client.send(new DescribeAnalysisCommand(which))))?.Analysis;
      if (!found || found.Status === 'DELETED') return undefined;
      const live = await client.send(new DescribeAnalysisDefinitionCommand(which));
      const state = { status: live.ResourceStatus ?? '', errors: errorTexts(live.Errors, Definition) };
      return { arn: found.Arn ?? '', members: { ...live }, state };
    },
    async create(tags) {
      const { CreateAnalysisCommand } = await sdk();
      const made = await client.send(
        new CreateAnalysisCommand({
          ...analysis,
          ValidationStrategy,
          Permissions: [...this.permissions],
          Tags: tagList(tags),
        }),
      );
      return { arn: made.Arn ?? '' };
    },
    async update() {
      const { UpdateAnalysisCommand } = await sdk();
      const made = await client.send(new UpdateAnalysisCommand({ ...which, ...content, ValidationStrategy }));
      return { arn: made.Arn ?? '' };
    },
    async state() {
      const { DescribeAnalysisCommand } = await sdk();
      const { Analysis } = await client.send(new DescribeAnalysisCommand(which));
      return { status: Analysis?.Status ?? '', errors: errorTexts(Analysis?.Errors, Definition) };
    },
    async readPermissions() {
      const { DescribeAnalysisPermissionsCommand } = await sdk();
      return (await client.send(new DescribeAnalysisPermissionsCommand(which))).Permissions ?? [];
    },
    async changePermissions({ grants, revokes }) {
      const { UpdateAnalysisPermissionsCommand } = await sdk();
      const changes = { GrantPermissions: [...grants], RevokePermissions: [...revokes] };
      await client.send(new UpdateAnalysisPermissionsCommand({ ...which, ...changes }));
    },
  };
}
