import { deriveDataQualityRuleset } from '@headwater/core';
import { publishesTable } from '@headwater/core/internal';
import { publishedResourceTags } from '@headwater/publish';
import { Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { Catalog } from './catalog.ts';

/** The rulesets of Glue Data Quality. They are run on demand, by a role that whoever runs them names. */
export class DataQuality extends Construct {
  constructor(scope: Construct, id: string, { target, tables }: PlatformContext) {
    super(scope, id);
    const catalog = Catalog.of(scope);
    for (const { name, schema } of tables) {
      if (!publishesTable(target, 'dataQuality', name)) continue;
      const body = deriveDataQualityRuleset(schema, target);
      const { 'data-quality': record = {} } = publishedResourceTags('dataQuality', schema, '', target);
      const ruleset = derivedResource(this, name, 'AWS::Glue::DataQualityRuleset', {
        ...body,
        Tags: record,
      });
      dependOn(ruleset, catalog?.tableCatalog(name).table(name));
      Tags.of(ruleset).add('headwater:table', name);
    }
  }
}
