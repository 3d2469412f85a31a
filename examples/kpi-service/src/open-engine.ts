import { HeadwaterError } from '@headwater/core';
import type { LakeEngine } from '@headwater/queries';
import type { Settings } from './settings.ts';

/**
 * The engine of the settings. Each is imported by itself, so that a bundle for one does not need the packages of the other.
 * @throws HeadwaterError `CONFIG_INVALID` for Athena without its place
 */
export async function openEngine(settings: Settings): Promise<LakeEngine> {
  const { KPI_ENGINE, KPI_LAKE: lake, KPI_REGION, KPI_DATABASE, KPI_WORKGROUP } = settings;
  if (KPI_ENGINE === 'duckdb') {
    const { duckdbEngine } = await import('@headwater/queries/duckdb');
    // The service gives tenants their turns: the engine's own queue, which has one order for all, stays empty.
    return duckdbEngine({
      lake,
      memoryLimit: settings.KPI_MEMORY,
      threads: settings.KPI_THREADS,
      maxConcurrentQueries: settings.KPI_RUNNING,
    });
  }
  if (KPI_REGION === undefined || KPI_DATABASE === undefined || KPI_WORKGROUP === undefined)
    throw new HeadwaterError('CONFIG_INVALID', {
      file: 'The environment',
      problem: 'Athena needs KPI_REGION, KPI_DATABASE and KPI_WORKGROUP',
    });
  const { athenaEngine } = await import('@headwater/queries/athena');
  return athenaEngine({ lake, region: KPI_REGION, database: KPI_DATABASE, workgroup: KPI_WORKGROUP });
}
