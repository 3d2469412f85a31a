import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StreamFunction } from '@headwater/core';
import { sparkScripts } from '@headwater/etl/spark-scripts';
import { bundleHandler } from '@headwater/stream/bundle';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { PlatformFacts } from '../platform-context.ts';
import { platformFacts } from '../platform-facts.ts';
import { streamFunctions, streamTable } from '../stream-parts.ts';
import { flinkZip } from './flink-zip.ts';
import { jobPlans } from './job-plans.ts';
import type { PlatformAssets, SparkAssets } from './platform-assets.ts';
import { savedVersions } from './saved-versions.ts';

/**
 * Makes what the stack uploads: the bundles of the functions that the config asks for, the scripts of Spark jobs, and the zip of the application
 * of Flink. The same config gives the same bytes, so a deployment without a change changes nothing.
 *
 * @param folder where to put it. It is made
 * @throws HeadwaterError `INFRA_CONFIG_INVALID` for jars of Flink that are not there or lack something; what `bundleHandler` throws
 */
export async function buildPlatformAssets(config: PlatformConfig, folder: string): Promise<PlatformAssets> {
  const facts = platformFacts(config);
  await mkdir(folder, { recursive: true });
  const [functions, spark, versions, zip] = await Promise.all([
    bundles(facts, join(folder, 'functions')),
    scripts(join(folder, 'spark')),
    savedVersions(config),
    flinkZip(facts),
  ]);
  const plans = await jobPlans(facts, versions, join(folder, 'plans'));
  const made = { folder, functions, spark, plans, versions };
  if (zip === undefined) return made;
  const flink = join(folder, 'flink.zip');
  await writeFile(flink, zip);
  return { ...made, flink };
}

async function bundles(
  facts: PlatformFacts,
  folder: string,
): Promise<Readonly<Partial<Record<StreamFunction, string>>>> {
  const table = streamTable(facts);
  if (table === undefined) return {};
  const made = await Promise.all(
    streamFunctions(facts).map(async (handler) => {
      const place = join(folder, handler);
      await bundleHandler({ handler, table, settings: facts.config.stream, folder: place });
      return [handler, place] as const;
    }),
  );
  return Object.fromEntries(made);
}

async function scripts(folder: string): Promise<SparkAssets> {
  const { main, modules, verify } = sparkScripts();
  const library = join(folder, 'library');
  await mkdir(library, { recursive: true });
  const copied = async (path: string, into = folder): Promise<string> => {
    const place = join(into, basename(path));
    await copyFile(path, place);
    return place;
  };
  return {
    main: await copied(main),
    modules: await Promise.all(modules.map((path) => copied(path, library))),
    library,
    verify: await copied(verify),
  };
}
