import type { Construct } from 'constructs';
import { MonthlyBudget } from '../budget/monthly-budget.ts';
import { Catalog } from '../catalog/catalog.ts';
import { Crawlers } from '../catalog/crawlers.ts';
import { DataQuality } from '../catalog/data-quality.ts';
import { LakeFormation } from '../catalog/lake-formation.ts';
import type { PlatformPart } from '../config/platform-part.ts';
import { DataBrew } from '../databrew/databrew.ts';
import { Functions } from '../functions/functions.ts';
import { Load } from '../load/load.ts';
import type { PlatformContext } from '../platform-context.ts';
import { QuickSightDashboard } from '../quicksight/quick-sight-dashboard.ts';
import { PeoplePolicies } from '../roles/people-policies.ts';
import { FlinkApplicationPart } from '../stream/flink-application.ts';
import { Streams } from '../stream/streams.ts';
import { StudioNotebook } from '../stream/studio-notebook.ts';
import { Watch } from '../watch/watch.ts';

/** The construct of a part: it makes everything of the part in its scope. */
export type PartConstruct = new (scope: Construct, id: string, context: PlatformContext) => Construct;

/** The constructs of parts, in the order in which they are made. A part uses what the ones before it made. */
export const partConstructs: readonly (readonly [PlatformPart, PartConstruct])[] = [
  ['policies', PeoplePolicies],
  ['catalog', Catalog],
  ['crawler', Crawlers],
  ['dataQuality', DataQuality],
  ['lakeFormation', LakeFormation],
  ['stream', Streams],
  ['flink', FlinkApplicationPart],
  ['studio', StudioNotebook],
  ['functions', Functions],
  ['dataBrew', DataBrew],
  ['load', Load],
  ['watch', Watch],
  ['quicksight', QuickSightDashboard],
  ['budget', MonthlyBudget],
];
