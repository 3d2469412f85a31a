import { type MetricRegistry, metricRegistry, metrics } from '@headwater/queries';
import { findConfig, type LoadedConfig, loadConfig } from './load-config.ts';

/**
 * The metrics that ship, and those of the config.
 * @throws HeadwaterError `METRIC_INVALID` for a name that two metrics have
 */
export const metricsIn = (config: LoadedConfig): MetricRegistry => metricRegistry(config.metrics);

/**
 * The same for a command line, before its options are read.
 *
 * @param argv the command line, for its `--config`
 * @throws HeadwaterError `CONFIG_*`, or `METRIC_INVALID` for a name that two metrics have
 */
export async function projectMetrics(argv: readonly string[]): Promise<MetricRegistry> {
  const given = configIn(argv);
  if (given === undefined && findConfig(process.cwd()) === undefined) return metrics;
  return metricsIn(await loadConfig(given));
}

/** The same where a broken config must not be in the way: in a help text, and in completion. */
export const knownMetrics = (argv: readonly string[]): Promise<MetricRegistry> =>
  projectMetrics(argv).catch(() => metrics);

function configIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => /^--config(=|$)/.test(word));
  if (at < 0) return undefined;
  const [, value] = /^--config=(.*)$/s.exec(argv[at] ?? '') ?? [];
  return value ?? argv[at + 1];
}
