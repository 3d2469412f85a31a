import type {
  CreateDatasetCommandInput,
  CreateProjectCommandInput,
  CreateRecipeCommandInput,
  CreateRecipeJobCommandInput,
  CreateRulesetCommandInput,
  CreateScheduleCommandInput,
} from '@aws-sdk/client-databrew';
import type { CreateDeliveryStreamCommandInput } from '@aws-sdk/client-firehose';
import type {
  CreateCrawlerCommandInput,
  CreateDataQualityRulesetCommandInput,
  TableInput,
} from '@aws-sdk/client-glue';
import type {
  DataBrewDataset,
  DataBrewJob,
  DataBrewProject,
  DataBrewRecipe,
  DataBrewRuleset,
  DataBrewSchedule,
  FirehoseDeliveryStream,
  GlueCrawler,
  GlueDataQualityRuleset,
  GlueTableInput,
} from '@headwater/core';
import { expectTypeOf } from 'vitest';

// What core derives goes to the AWS SDK as it is: core knows the shapes, and not the SDK.
expectTypeOf<GlueTableInput>().toExtend<TableInput>();
expectTypeOf<DataBrewDataset>().toExtend<CreateDatasetCommandInput>();
expectTypeOf<DataBrewRecipe>().toExtend<CreateRecipeCommandInput>();
expectTypeOf<DataBrewJob>().toExtend<CreateRecipeJobCommandInput>();
expectTypeOf<DataBrewRuleset>().toExtend<CreateRulesetCommandInput>();
expectTypeOf<DataBrewSchedule>().toExtend<CreateScheduleCommandInput>();
expectTypeOf<DataBrewProject>().toExtend<CreateProjectCommandInput>();
expectTypeOf<GlueCrawler>().toExtend<CreateCrawlerCommandInput>();
expectTypeOf<GlueDataQualityRuleset>().toExtend<CreateDataQualityRulesetCommandInput>();
expectTypeOf<FirehoseDeliveryStream>().toExtend<CreateDeliveryStreamCommandInput>();
