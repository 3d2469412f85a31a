import { deriveFlinkStudio } from '@headwater/core';
import { flinkPlace } from '@headwater/core/internal';
import { Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Catalog } from '../catalog/catalog.ts';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { otherPart } from '../resource/part-of.ts';
import { streamTable } from '../stream-parts.ts';
import { loggedApplication } from './logged-application.ts';

/** The notebook of Flink Studio over the stream. It is made stopped; `headwater derive flink-notebook` has what to import into it. */
export class StudioNotebook extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, sizes } = context;
    const table = streamTable(context);
    if (table === undefined) return;
    Tags.of(this).add('headwater:table', table.name);
    const role = context.role('flink-studio');
    const place = flinkPlace(table.name, target, 'studio');
    const notebook = loggedApplication(this, deriveFlinkStudio(table.schema, target), place, sizes.logDays);
    dependOn(notebook, role, otherPart(this, ['stream', 'Events']), Catalog.of(scope)?.database);
  }
}
