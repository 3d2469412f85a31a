/** A setting of a Spark session, and why the SQL of cleaning depends on it. */
export interface SparkSetting {
  readonly value: string;
  readonly reason: string;
}

/**
 * The settings that a session needs for `sparkCleaningSelect`. All can be set in a running session, but for the options of Java, which
 * Java gets when it starts.
 *
 * @example Object.entries(sparkSettings).map(([name, { value }]) => `--conf ${name}=${value}`)
 */
export const sparkSettings = {
  'spark.sql.session.timeZone': {
    value: 'UTC',
    reason: 'Casts between texts and timestamps read and write the local time of this zone',
  },
  'spark.sql.ansi.enabled': {
    value: 'false',
    reason: 'With ANSI rules, a cast of a number that is out of range fails the job. Without, it is NULL',
  },
  'spark.sql.parser.escapedStringLiterals': {
    value: 'false',
    reason: 'Literals are escaped: with true, Spark would read the escapes as text',
  },
  'spark.sql.variable.substitute': {
    value: 'false',
    reason: 'Spark would replace a name in $ and braces by a setting or a variable of the environment',
  },
  'spark.driver.defaultJavaOptions': {
    value: '-Xss64m',
    reason:
      'Java matches a repeated group of a pattern by recursion: with its usual stack, a text of 2,000 characters ends the process',
  },
  'spark.executor.defaultJavaOptions': {
    value: '-Xss64m',
    reason: 'As for the driver: patterns are matched where the data is',
  },
  'spark.sql.analyzer.maxIterations': {
    value: '1000',
    reason:
      'Each layer of a statement takes some, and a wide table with nested records has more layers than 100 allow',
  },
} as const satisfies Readonly<Record<string, SparkSetting>>;
