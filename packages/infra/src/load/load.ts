import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';
import { JobScripts } from './job-files.ts';
import { TableLoad } from './table-load.ts';

/** The loading of every table, from what lands to a verified commit. */
export class Load extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const scripts = new JobScripts(this, 'Scripts', context);
    for (const table of context.tables) new TableLoad(this, table, context, scripts);
  }
}
