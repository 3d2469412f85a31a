import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { savedJobPlan } from '@headwater/etl/saved-job-plan';
import type { PlatformFacts } from '../platform-context.ts';
import type { SavedVersions } from './saved-versions.ts';

/**
 * Writes the plan of each table's Spark job.
 *
 * @param folder where to put them. It is made
 * @returns paths by table. None where the platform loads nothing
 * @throws HeadwaterError `INFRA_CONFIG_INVALID` for a table with lookups
 */
export async function jobPlans(
  { has, tables, target }: PlatformFacts,
  versions: SavedVersions,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  if (!has('load')) return {};
  const withLookups = tables.filter(({ schema }) => Object.keys(schema.lookups ?? {}).length > 0);
  if (withLookups.length > 0)
    throw new HeadwaterError('INFRA_CONFIG_INVALID', {
      problems: withLookups.map(({ name }) => ({
        field: 'parts.load',
        problem: `cannot load ${name}: the files of its lookups are read when \`headwater etl submit\` starts a load, and a pipeline has none`,
        fix: 'Set infra.parts.load to false, and load by `headwater etl submit`',
      })),
    });
  await mkdir(folder, { recursive: true });
  const written = await Promise.all(
    tables.map(async ({ name, schema }) => {
      const path = join(folder, `${name}.json`);
      const saved = (versions.of.get(name) ?? []).map((version) => version.schema);
      const { location: lake, kmsKey } = target;
      await writeFile(path, JSON.stringify(savedJobPlan(schema, { lake, kmsKey, versions: saved })));
      return [name, path] as const;
    }),
  );
  return Object.fromEntries(written);
}
