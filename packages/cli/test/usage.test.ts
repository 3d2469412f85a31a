import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-usage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'there.csv'), 'mine');

const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

describe('help', () => {
  it('of headwater lists every command', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "headwater 0.1.0: raw shop events to a verified Parquet lake, and typed answers from it.

      Usage
        headwater <command> [options]

      Commands
        demo                      Simulate a week of a shop, load it, and ask the main questions
        init                      Create a project: a table of events, a config, a package.json
        simulate                  Write events of simulated shoppers to a file
        stream run                Stream events through sessions, alerts and an archive, live
        etl run                   Load raw files into the lake, and account for every row
        etl adopt                 Bring what Firehose has landed into the lake
        etl status                Show the content and the runs of the lake
        etl verify                Check every file of the lake against the manifests
        etl quarantine            Show the rejected rows, with their reasons
        etl replay                Clean and load the quarantined rows again
        etl compact               Rewrite scattered days of the lake as few sorted files
        etl expire                Remove days that are older than an age for good
        etl forget                Erase the rows of actors from lake, quarantine, caches
        etl submit                Load objects on S3 with Spark on AWS Glue
        etl runs                  List the runs of the Spark job
        etl cancel                Stop a run of the Spark job
        lake sync                 Copy missing commits between a folder and S3
        lake load                 Load the lake into a database: PostgreSQL, Aurora
        lake repair               List data files again whose manifest was lost
        lake rollups              Show or refresh the stored answers of metrics
        lake register-partitions  Register partitions in Glue, for engines without projection
        query                     Compute a metric: visitors, revenue, abandoned carts, ...
        sql                       Run one SELECT over the lake
        dashboard                 Serve figures and charts of the store, or write a report
        dashboard publish         Publish the dashboard on Amazon QuickSight
        mcp                       Serve the metrics to agents, by the Model Context Protocol
        detect                    Find bots, floods and anomalies in the rows of the lake
        derive                    Derive DDL, JSON Schema, policies, ... from a definition
        schema show               Show the columns, roles and cleaning of a table
        schema diff               Compare the definition with the latest version
        schema check              Fail on breaking changes, for continuous integration
        schema save               Save the definition as a version, without AWS
        schema publish            Publish the definition to AWS, after showing the plan
        schema drift              Show what others changed in Glue since it was published
        schema history            List the versions and their changes
        schema rollback           Publish an earlier version as a new one
        infra synth               Write the CloudFormation template of the whole platform
        infra diff                Show what a deployment would change in the live stack
        infra deploy              Check, plan and deploy the whole platform on AWS
        infra destroy             Show what deleting the stack deletes, then delete it
        cost                      Show what a month cost on AWS, and what the plan would
        doctor                    Check this machine: Node, engine, disk space, config
        completion                Print the completion script for a shell

      Options
        --help     Show help for headwater or for a command: headwater etl run --help
        --version  Print the version
        --json     With any command: print one JSON value, and errors as JSON

      Examples
        # Start here
        headwater demo
        # Load files
        headwater etl run raw/*.csv.gz --lake ./lake
        # Ask a question
        headwater query revenue --lake ./lake --from 2019-10-01 --to 2019-10-07
      "
    `);
  });

  it('is the same without arguments', async () => {
    expect(await run()).toEqual(await run('--help'));
  });

  it('of a command has its options and examples', async () => {
    const { code, stdout } = await run('etl', 'run', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Loads raw event files into the lake: cleaned, de-duplicated, partitioned by day and sorted. Every
      row is accounted for: rows in = rows out + duplicates + quarantined + filtered, or nothing is
      committed. A file that was loaded before is skipped. A run that is stopped leaves the lake
      unchanged.

      Usage
        headwater etl run <input...> [options]

      Options
        --lake LAKE              The lake: a folder, or s3://bucket/prefix (default: the config's)
        --table NAME             A table of the config (default: the first one)
        --config FILE            The config (default: headwater.config.ts here or in a folder above)
        --source NAME            The source of the table that the files are of (default: none: fields have
                                 the names of columns)
        --lookup NAME=FILE       The file of a lookup of the table; may be repeated (default: the
                                 config's)
        --format FORMAT          Format of the files (csv, jsonl, parquet) (default: by their names)
        --delimiter CHAR         CSV delimiter, one character or tab (default: detected)
        --header                 The first line of CSV names the columns (default: detected)
        --no-header              The first line of CSV is a row: the columns are the table's, in order
        --columns NAMES          The columns of the fields of CSV without a header, in order, with commas
                                 between; an empty name skips a field (default: the table's, in order)
        --max-quarantine SHARE   Commit nothing when more than this share of the rows is rejected, such as
                                 1% (default: 50%)
        --since WHEN             Folders of days of s3:// prefixes that are listed: from a day on, or with
                                 \`last\` those in which objects may have arrived since the last load
                                 (default: all)
        --late-days N            With --since last: how many days after the day in its key an object may
                                 arrive in a folder that was loaded from (default: 3)
        --dry-run                Do everything except the commit
        --engine ENGINE          What reads and writes the rows; spark is the PySpark of this machine
                                 (duckdb, spark) (default: duckdb)
        --register-partitions    Register the new partitions in Glue, for engines without partition
                                 projection
        --memory-limit SIZE      Maximum memory of the engine, such as 1GB (default: half of the
                                 machine's)
        --target-file-size SIZE  Size of a data file, such as 128MiB (default: 256MiB)
        --threads N              Threads of the engine (default: all processors)
        --allow ID               Accept a change of the definition that does not fit the lake's files, by
                                 its id; may be repeated
        --work-folder DIR        Working folder on this machine of a run on a lake on S3 (default:
                                 headwater in the user's cache folder)
        --lock-timeout SECONDS   Wait this long for another run on the same table (default: 60)
        --json                   Print one JSON value, and errors as JSON on standard error
        --help                   Show this help

      Examples
        # One file
        headwater etl run events.csv --lake ./lake
        # Many files, with limits
        headwater etl run 'raw/2019-*.csv.gz' --lake ./lake --memory-limit 1GB --max-quarantine 1%
        # New objects of a landing zone with folders such as dt=2026-11-27/, for a schedule
        headwater etl run s3://shop-landing/clicks/ --since last
        # A file of another kind, as the source of the table says
        headwater etl run --source buys buys.dat
        # What a load would do, for a program
        headwater etl run events.csv --dry-run --json
      "
    `);
    expect((await run('help', 'etl', 'run')).stdout).toBe(stdout);
  });

  it('of a metric is its definition and its own parameters', async () => {
    const { code, stdout } = await run('query', 'top-categories', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Views, cart adds, purchases and revenue');
    expect(stdout).toContain('--by BY');
    expect(stdout.replaceAll('\n', ' ')).toContain('Needs columns with the roles time, ');
  });

  it('of a group lists its commands', async () => {
    const { code, stdout } = await run('etl', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('etl verify');
  });
});

describe('a wrong command line', () => {
  it.each([
    [['simulat'], 'Unknown command "simulat".', 'Did you mean headwater simulate?'],
    [['etl', 'rnu'], 'Unknown command "etl rnu".', 'Did you mean headwater etl run?'],
    [['verify'], 'Unknown command "verify".', 'Did you mean headwater etl verify?'],
    [
      ['etl'],
      'headwater etl needs one of: run, adopt, status, verify, quarantine, replay, compact, expire, forget, submit, runs, cancel.',
      '',
    ],
    [['simulate', '--ot', 'x.csv'], 'Unknown option --ot of headwater simulate.', 'Did you mean --out?'],
    [['simulate', '--out'], '--out needs a value: --out FILE.', ''],
    [['simulate', '--out', '--dirty', '2%'], '--out needs a value: --out FILE.', ''],
    [['simulate', '--events', 'many', '--out', 'x.csv'], '--events many: expected a whole number', ''],
    [['simulate', '--dirty', '200%', '--out', 'x.csv'], '--dirty 200%: expected a share', ''],
    [
      ['simulate', '--attacks', 'brutal', '--out', 'x.csv'],
      '--attacks brutal: expected one of easy, medium, hard',
      '',
    ],
    [['simulate', '--purpose', 'report', '--out', 'x.csv'], '--purpose needs --attacks LEVEL.', ''],
    [
      ['simulate', '--attacks', 'easy', '--bots', '1%', '--out', 'x.csv'],
      'bots 0.01: expected none with attacks',
      '',
    ],
    [['simulate', '--start', '2019-02-30', '--out', 'x.csv'], 'start 2019-02-30: expected', ''],
    [['etl', 'run', '--config', config], 'headwater etl run needs a file', ''],
    [['etl', 'run', 'x', '--dry-run=yes'], '--dry-run takes no value', ''],
    [['etl', 'run', 'x', '--delimiter', 'ab'], '--delimiter ab: expected one character, such as', ''],
    [['etl', 'run', 'x', '--delimiter', '"'], '--delimiter ": expected one character, such as', ''],
    [['etl', 'run', 'x', '--config', config, '--header', '--no-header'], '--header and --no-header', ''],
    [
      ['etl', 'run', 'x', '--config', config, '--lake', 'new', '--allow', 'drop-column:prise'],
      "--allow drop-column:prise: there is no such change. The lake's files fit the definition.",
      '',
    ],
    [['simulate', '--out', 'there.csv'], 'there.csv exists already. Give --force to overwrite it.', ''],
    [
      ['simulate', '--out', 'new.csv', '--labels', 'there.csv', '--bots', '1%'],
      'there.csv exists already. Give --force',
      '',
    ],
    [['query'], 'headwater query needs a metric: daily-visitors', ''],
    [['query', 'revenu'], 'No metric "revenu".', 'Did you mean revenue?'],
    [['query', 'revenue', '--from', '2019-10-01'], 'headwater query revenue needs --to.', ''],
    [
      ['query', 'revenue', '--config', config, '--from', 'x', '--to', 'y', '--json', '--format', 'csv'],
      '--json prints one JSON value, and --format csv does not',
      '',
    ],
    [['query', 'revenue', '--grain', 'dai'], '--grain dai: expected one of hour, day, week, month, all.', ''],
    [['query', 'revenue', '--config', config, '--from', 'x', '--to', 'y'], 'expected a day that exists', ''],
    [['schema', 'show', '--config', config, '--table', 'click'], 'No table "click" in the config.', ''],
    [['derive', 'json-schem', '--config', config], 'No target "json-schem".', 'Did you mean json-schema?'],
    [['derive', 'glue-tabel', '--config', config], 'No target "glue-tabel".', 'Did you mean glue-table?'],
    [
      ['derive', 'glue-schema', '--layer', 'curated'],
      'Unknown option --layer of headwater derive glue-schema',
      '',
    ],
    [
      ['derive', 'athena-ddl', '--layer', 'gold'],
      '--layer gold: expected one of curated, raw-csv, raw-json,',
      '',
    ],
    [
      ['derive', 'iam-policy'],
      'needs --role (analyst, crawler, dashboard-publisher, databrew, deployer, etl, firehose, flink, flink-studio, live-reader, producer, publisher, planner, spark-job, submitter, alerts-function, detect-function, recommend-function, relay-function, reminders-function, sessions-function, transform-function) or --metric.',
      '',
    ],
    [
      ['derive', 'iam-policy', '--role', 'admin'],
      '--role admin: expected one of analyst, crawler, dashboard-publisher, databrew, deployer, etl, firehose, flink, flink-studio, live-reader, producer, publisher, planner, spark-job, submitter, alerts-function, detect-function, recommend-function, relay-function, reminders-function, sessions-function, transform-function.',
      '',
    ],
    [
      ['derive', 'flink-job', '--metric', 'abandonment'],
      '--metric abandonment: expected one of',
      'cart-abandonment',
    ],
    [['dashboard', '--from', '2024-01-01'], 'headwater dashboard --from is for a report', ''],
    [['detect', '--from', '2019-10-01'], 'headwater detect needs --from DATE and --to DATE.', ''],
    [
      ['detect', '--from', '2019-10-01', '--to', '2019-10-02', '--out', '-', '--json'],
      'would both write to standard output: give --out a file',
      '',
    ],
    [['detect', '--warm-up', 'long'], '--warm-up long: expected a whole number from 0', ''],
    [['completion', 'powershell'], 'No script for "powershell".', ''],
    [['--verison'], 'Unknown option --verison.', ''],
  ])('%j is exit code 2 and says what to do', async (args, message, hint) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is one JSON object on standard error with --json', async () => {
    const { code, stdout, stderr } = await run('query', 'revenu', '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'METRIC_UNKNOWN',
      payload: { metric: 'revenu' },
      hints: ['Did you mean revenue?'],
    });
  });
});

it('simulate overwrites a file only with --force', async () => {
  expect(readFileSync(join(folder, 'there.csv'), 'utf8')).toBe('mine');
  const { code } = await run('simulate', '--events', '10', '--out', 'there.csv', '--force');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'there.csv'), 'utf8')).toMatch(/^event_time,/);
});

it('simulate writes the labels of attackers as JSON Lines', async () => {
  const options = ['--events', '40k', '--days', '2', '--attacks', 'hard', '--purpose', 'report'];
  const { code, stdout } = await run(
    'simulate',
    ...options,
    '--labels',
    'labels.jsonl',
    '--out',
    'attacked.csv',
  );
  expect(code).toBe(0);
  const lines = readFileSync(join(folder, 'labels.jsonl'), 'utf8').trimEnd().split('\n');
  const labels = lines.map((line): { role: string; isAttack: boolean } => JSON.parse(line));
  const cases = labels.filter((label) => label.role === 'case');
  expect(stdout).toContain(`attackers ${cases.filter((label) => label.isAttack).length} cases of 16 kinds`);
  expect(stdout).toContain(
    `look-alikes ${cases.filter((label) => !label.isAttack).length} cases of 13 kinds`,
  );
});

describe('a failure', () => {
  it.each([
    [['etl', 'status'], 'CONFIG_NOT_FOUND'],
    [['etl', 'status', '--config', config, '--lake', 'nowhere'], 'LAKE_NOT_FOUND'],
    [['etl', 'run', 'nothing.csv', '--config', config, '--lake', 'lake'], 'INPUT_NOT_FOUND'],
  ])('%j is exit code 1 with its code', async (args, error) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`[${error}]`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse((await run(...args, '--json')).stderr)).toMatchObject({ code: error });
  });
});

describe('colour', () => {
  it('is shown where it is asked for and nowhere else', async () => {
    const coloured = await runCli(['--help'], { cwd: folder, env: { FORCE_COLOR: '1' } });
    const plain = await runCli(['--help'], { cwd: folder, env: { NO_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[1m');
    expect(plain.stdout).not.toContain('\u001b[');
    expect((await run('--help')).stdout).toBe(plain.stdout);
  });
});
