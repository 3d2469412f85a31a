import { deriveAthenaWorkgroup } from '@headwater/core';
import { byteSize } from '@headwater/core/internal';
import { metricRegistry } from '@headwater/queries';
import { RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { namedQueries } from './named-queries.ts';

/**
 * The workgroups of Athena, one for readers of every column and one for each class of readers, and in each a named query for every metric that
 * a table can answer. A query that reads more than `maxScan`, or than the scale allows, is stopped.
 */
export class QueryWorkgroups extends Construct {
  constructor(scope: Construct, id: string, { target, tables, config, sizes }: PlatformContext) {
    super(scope, id);
    const maxScan = config.maxScan === undefined ? sizes.queryBytes : byteSize('maxScan', config.maxScan);
    const metrics = Object.values(metricRegistry(config.metrics)).filter((metric) => metric !== undefined);
    for (const readers of [undefined, ...(target.permissionClasses ?? [])]) {
      const room = new Construct(this, readers ?? 'everything');
      const workgroup = derivedResource(
        room,
        'Workgroup',
        'AWS::Athena::WorkGroup',
        deriveAthenaWorkgroup(target, maxScan, readers),
      );
      // People save queries of their own in it.
      workgroup.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      for (const table of tables) {
        const queries = new Construct(room, table.name);
        for (const query of namedQueries(table, target, metrics, readers))
          derivedResource(queries, query.Name, 'AWS::Athena::NamedQuery', query).node.addDependency(
            workgroup,
          );
        Tags.of(queries).add('headwater:table', table.name);
      }
    }
  }
}
