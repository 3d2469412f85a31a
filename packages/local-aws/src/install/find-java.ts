import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../setup-error.ts';

/** The major versions of Java that a program runs on, both inclusive. */
export interface JavaRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The home of a Java in the range. Looks at HEADWATER_JAVA_HOME, JAVA_HOME, JAVA_HOME_<major>_<architecture> (which
 * GitHub's runners set), and the usual places.
 *
 * @example findJava({ from: 24, to: 99 }, 'Trino 476')
 * @throws SetupError with the versions to install and the versions found
 */
export function findJava(range: JavaRange, user: string): string {
  const found = homes().map((home) => ({ home, major: majorOf(home) }));
  const fit = found.find(({ major }) => major !== undefined && major >= range.from && major <= range.to);
  if (fit !== undefined) return fit.home;
  const others = [...new Set(found.flatMap(({ major }) => major ?? []))].join(', ') || 'none';
  const wanted = range.to === 99 ? `Java ${range.from} or later` : `Java ${range.from} to ${range.to}`;
  throw new SetupError(
    `${user} needs ${wanted}; found: ${others}`,
    'Install a JDK, such as Temurin (https://adoptium.net), and set HEADWATER_JAVA_HOME to its folder',
  );
}

function homes(): readonly string[] {
  const { env } = process;
  const versioned = Object.keys(env).filter((name) => /^JAVA_HOME_\d+_/.test(name));
  const named = ['HEADWATER_JAVA_HOME', 'JAVA_HOME', ...versioned].map((name) => env[name]);
  const usual = [
    '/usr/lib/jvm/*',
    '/Library/Java/JavaVirtualMachines/*/Contents/Home',
    join(homedir(), '.sdkman/candidates/java/*'),
    'C:/Program Files/{Java,Eclipse Adoptium}/*',
  ].flatMap((pattern) => globSync(pattern));
  return [...named, ...usual, homeOnPath()].flatMap((home) =>
    home && existsSync(javaOf(home)) ? [home] : [],
  );
}

/** The `java` program of a home. */
export function javaOf(home: string): string {
  return join(home, 'bin', process.platform === 'win32' ? 'java.exe' : 'java');
}

/** The major version from the home's `release` file, which is faster than starting each `java`. */
function majorOf(home: string): number | undefined {
  const release = join(home, 'release');
  const text = existsSync(release) ? readFileSync(release, 'utf8') : '';
  const version = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(text)?.[1];
  return version === undefined ? undefined : Number(version);
}

function homeOnPath(): string | undefined {
  const { stderr } = spawnSync('java', ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  return /java\.home = (.+)/.exec(stderr ?? '')?.[1]?.trim();
}
