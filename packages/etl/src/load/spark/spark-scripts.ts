import { join } from 'node:path';
import { sparkJobModules, sparkJobScript, verifyJobScript } from '@headwater/core/internal';

/** The Python files of the load. */
export interface SparkScripts {
  /** The script of a load, and the modules that it imports, which must lie beside it. */
  readonly main: string;
  readonly modules: readonly string[];
  /** The script that checks a commit. */
  readonly verify: string;
}

/** The paths of the Python files of the load, which lie beside this file, as sources and in the published package. */
export function sparkScripts(): SparkScripts {
  const at = (name: string): string => join(import.meta.dirname, name);
  return { main: at(sparkJobScript), modules: sparkJobModules.map(at), verify: at(verifyJobScript) };
}
