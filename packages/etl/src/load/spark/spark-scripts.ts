import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The Python files of the load: the script itself, and the modules that it imports, which must lie beside it. */
export interface SparkScripts {
  readonly main: string;
  readonly modules: readonly string[];
}

/** Finds the Python files of the load, which lie beside this file, as sources and in the published package. */
export function sparkScripts(): SparkScripts {
  const folder = import.meta.dirname;
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return {
    main: join(folder, 'spark_job.py'),
    modules: names
      .filter((name) => name !== 'spark_job.py')
      .sort()
      .map((name) => join(folder, name)),
  };
}
