import {
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRecipe,
  deriveDataBrewRuleset,
  deriveDataBrewSchedule,
  type EventsTable,
} from '@headwater/core';
import { publishesTable } from '@headwater/core/internal';
import { publishedResourceTags } from '@headwater/publish';
import { Tags } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { acknowledgeCaller, publishedRecipe, recipeLog } from './published-recipe.ts';

/** What DataBrew has for every table that the config asks it for, as publishing keeps it. */
export class DataBrew extends Construct {
  /** @throws HeadwaterError `DATABREW_UNSUPPORTED` for a table that no recipe can make */
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables } = context;
    const log = recipeLog(this, context);
    for (const table of tables)
      if (publishesTable(target, 'dataBrew', table.name)) new TableDataBrew(this, table, context, log);
    acknowledgeCaller(this);
  }
}

/** Dataset, recipe, job and ruleset of a table; a schedule and a project where the config has them. */
class TableDataBrew extends Construct {
  constructor(scope: Construct, { name, schema }: EventsTable, context: PlatformContext, log: ILogGroup) {
    super(scope, name);
    const { target, assets, role } = context;
    const { schedule, project } = target.dataBrew ?? {};
    const version = assets.versions.of.get(name)?.at(-1)?.version ?? '';
    const records = publishedResourceTags('dataBrew', schema, version, target);
    /** What is made, with the record by which publishing knows it. CloudFormation changes the tags of rulesets alone. */
    const recorded = <Body extends { readonly Tags: Readonly<Record<string, string>> }>(
      kind: string,
      body: Body,
    ): Body => ({ ...body, Tags: { ...body.Tags, ...records[`databrew-${kind}`] } });
    const dataset = derivedResource(
      this,
      'Dataset',
      'AWS::DataBrew::Dataset',
      recorded('dataset', deriveDataBrewDataset(schema, target)),
    );
    const derived = recorded('recipe', deriveDataBrewRecipe(schema, target));
    const recipe = derivedResource(this, 'Recipe', 'AWS::DataBrew::Recipe', derived);
    const published = publishedRecipe(this, 'Published', derived, log, `${name} ${version}`.trim());
    published.node.addDependency(recipe);
    const job = derivedResource(
      this,
      'Job',
      'AWS::DataBrew::Job',
      recorded('job', deriveDataBrewJob(schema, target)),
    );
    job.node.addDependency(dataset, published, role('databrew'));
    derivedResource(
      this,
      'Ruleset',
      'AWS::DataBrew::Ruleset',
      recorded('ruleset', deriveDataBrewRuleset(schema, target)),
    ).node.addDependency(dataset);
    if (schedule !== undefined)
      derivedResource(
        this,
        'Schedule',
        'AWS::DataBrew::Schedule',
        recorded('schedule', deriveDataBrewSchedule(schema, target)),
      ).node.addDependency(job);
    if (project)
      derivedResource(
        this,
        'Project',
        'AWS::DataBrew::Project',
        recorded('project', deriveDataBrewProject(schema, target)),
      ).node.addDependency(dataset, recipe, role('databrew'));
    Tags.of(this).add('headwater:table', name);
  }
}
