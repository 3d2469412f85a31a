import { availableParallelism } from 'node:os';
import { HeadwaterError } from '@headwater/core';
import { z } from 'zod';
import { PreparedAnswers } from './answer/prepared-answers.ts';
import type { ServiceConfig } from './service.ts';

const settings = z.object({
  KPI_LAKE: z.string().min(1).describe('The folder of the lake, or s3://bucket/prefix with Athena'),
  KPI_ACCESS: z.string().min(1).default('access.json').describe('The file that says who may ask'),
  KPI_ENGINE: z.enum(['duckdb', 'athena']).default('duckdb').describe('What answers'),
  KPI_MEMORY: z.string().default('1GB').describe('The memory of DuckDB'),
  KPI_CACHE: z.coerce.number().min(0).default(128).describe('The memory of prepared answers, in MB'),
  KPI_RUNNING: z.coerce.number().int().min(1).max(1000).default(2).describe('Questions that run at once'),
  KPI_WAITING: z.coerce.number().int().min(0).max(10_000).default(200).describe('Questions that may wait'),
  KPI_WAIT: z.coerce.number().positive().max(900).default(10).describe('Seconds that a question may wait'),
  KPI_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .default(Math.max(1, availableParallelism() - 1))
    .describe('Threads of DuckDB: one processor is left for requests'),
  KPI_TIMEOUT: z.coerce.number().positive().max(900).default(30).describe('Seconds that one answer may take'),
  KPI_SHUTDOWN: z.coerce
    .number()
    .min(0)
    .max(900)
    .default(20)
    .describe('Seconds that running requests get at the end'),
  KPI_HOST: z.string().default('127.0.0.1').describe('The address to listen on'),
  KPI_PORT: z.coerce.number().int().min(0).max(65_535).default(8080).describe('The port to listen on'),
  KPI_REGION: z.string().optional().describe('Athena: the region'),
  KPI_DATABASE: z.string().optional().describe('Athena: the database of the published table'),
  KPI_WORKGROUP: z.string().optional().describe('Athena: the workgroup'),
});

/** How the service is set up, from the environment. */
export type Settings = z.output<typeof settings>;

/**
 * Reads the settings of the service.
 * @throws HeadwaterError `CONFIG_INVALID`, which names the variable
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = settings.safeParse(environment);
  if (read.success) return read.data;
  const problem = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new HeadwaterError('CONFIG_INVALID', { file: 'The environment', problem });
}

/** What the settings say about a service, whatever it runs on. */
export const serviceSettings = (
  settings: Settings,
): Required<Pick<ServiceConfig, 'answers' | 'limits' | 'timeoutSeconds'>> => ({
  answers: new PreparedAnswers(settings.KPI_CACHE * 1e6),
  limits: { running: settings.KPI_RUNNING, waiting: settings.KPI_WAITING, waitSeconds: settings.KPI_WAIT },
  timeoutSeconds: settings.KPI_TIMEOUT,
});
