import { queryPlace } from '@headwater/core/internal';
import { creationRequests, deriveQuickSight } from '@headwater/dashboard/quicksight';
import { metricRegistry } from '@headwater/queries';
import type { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { otherPart } from '../resource/part-of.ts';

/**
 * The dashboard of the first table on QuickSight, with the permissions and the tags that `headwater dashboard publish` gives it: publishing
 * afterwards has nothing to do.
 *
 * @throws HeadwaterError as `deriveQuickSight`
 */
export class QuickSightDashboard extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { tables, target, config } = context;
    const [table] = tables;
    if (!table || !config.quicksight)
      throw new Error('A dashboard needs a table and the config of QuickSight');
    const { assets } = deriveQuickSight({
      table,
      metrics: metricRegistry(config.metrics),
      aws: target,
      config: config.quicksight,
    });
    const { dataSource, dataSets, themes, analysis, dashboard, refreshSchedules } = creationRequests(assets);
    const source = derivedResource(this, 'Source', 'AWS::QuickSight::DataSource', dataSource);
    // The service asks Athena when it makes the source.
    dependOn(
      source,
      context.bucketOf(queryPlace(target).results),
      otherPart(this, ['catalog', 'Queries', 'everything', 'Workgroup']),
      otherPart(this, ['catalog', table.name]),
      // Tables are nobody's before they are granted.
      otherPart(this, ['lakeFormation']),
    );
    // The rules of rows come first. The service looks for what an asset names when it makes it.
    const made = dataSets.map((dataSet) => ({
      dataSet,
      resource: derivedResource(this, dataSet.DataSetId ?? '', 'AWS::QuickSight::DataSet', dataSet),
    }));
    const [first] = made;
    for (const { dataSet, resource } of made) {
      resource.node.addDependency(source);
      if (dataSet.RowLevelPermissionDataSet && first && first.resource !== resource)
        resource.node.addDependency(first.resource);
    }
    const looks = themes.map((theme) =>
      derivedResource(this, theme.ThemeId ?? '', 'AWS::QuickSight::Theme', theme),
    );
    const shown = [
      derivedResource(this, 'Analysis', 'AWS::QuickSight::Analysis', analysis),
      derivedResource(this, 'Dashboard', 'AWS::QuickSight::Dashboard', dashboard),
    ];
    for (const resource of shown) parametersOfQuickSight(resource);
    for (const resource of shown)
      for (const other of [...made.map((one) => one.resource), ...looks]) resource.node.addDependency(other);
    for (const schedule of refreshSchedules) {
      const scheduleId = schedule.Schedule?.ScheduleId ?? '';
      const resource = derivedResource(this, scheduleId, 'AWS::QuickSight::RefreshSchedule', schedule);
      const filled = made.find(({ dataSet }) => dataSet.DataSetId === schedule.DataSetId);
      if (filled) resource.node.addDependency(filled.resource);
    }
  }
}

/**
 * Expressions of QuickSight name its parameters as `${Name}`, which checkers of templates take for a forgotten Fn::Sub. CloudFormation
 * replaces nothing without it.
 */
function parametersOfQuickSight(resource: CfnResource): void {
  resource.addMetadata('cfn-lint', { config: { ignore_checks: ['E1029'] } });
  acknowledge(resource, {
    'CloudFormation-Validate::E1029': 'The parameters are those of QuickSight, and stay as they are written',
  });
}
