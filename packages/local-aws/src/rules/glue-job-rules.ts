import { type AwsRule, at, has, type Members } from './aws-rule.ts';

/** Arguments that Glue itself reads, by the values that they take: none at all, `true`, or any text. */
const specialArguments: Readonly<Record<string, RegExp>> = {
  // Their presence is what counts. The console writes true.
  '--enable-metrics': /^(true)?$/,
  '--enable-glue-datacatalog': /^(true)?$/,
  '--enable-continuous-cloudwatch-log': /^(true|false)$/,
  '--enable-observability-metrics': /^(true|false)$/,
  '--enable-spark-ui': /^(true|false)$/,
  '--enable-job-insights': /^(true|false)$/,
  '--enable-auto-scaling': /^(true|false)$/,
  '--job-bookmark-option': /^job-bookmark-(enable|disable|pause)$/,
  '--job-bookmark-from': /./,
  '--job-bookmark-to': /./,
  '--job-language': /^(python|scala)$/,
  '--extra-py-files': /^s3:\/\/[^,]+\.(py|zip|egg|whl)(,s3:\/\/[^,]+\.(py|zip|egg|whl))*$/,
  '--extra-jars': /^s3:\/\//,
  '--extra-files': /^s3:\/\//,
  '--additional-python-modules': /./,
  '--python-modules-installer-option': /./,
  '--datalake-formats': /./,
  '--continuous-log-logGroup': /./,
  '--spark-event-logs-path': /^s3:\/\//,
};

/** Set by Glue. */
const reserved = ['--JOB_NAME', '--debug', '--mode', '--endpoint'];

/** As the model has them, with those that it lacks. */
const workerTypes = /^(Standard|G\.(025|1|2|4|8|12|16)X|Z\.2X|R\.[1248]X)$/;

const argumentsOf = (input: Members): [string, string][] =>
  ['DefaultArguments', 'NonOverridableArguments', 'Arguments']
    .flatMap((member) => Object.entries(Object(at(input, member) ?? at(input, 'JobUpdate', member))))
    .map(([name, value]) => [name, String(value)]);

const member = (input: Members, name: string): unknown => at(input, name) ?? at(input, 'JobUpdate', name);

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

const argumentsPage =
  'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html';
const jobPage = 'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html';
const jobs = { service: 'glue', operations: ['CreateJob', 'UpdateJob', 'StartJobRun'] } as const;

/** Rules about Glue's jobs and their arguments. */
export const glueJobRules: readonly AwsRule[] = [
  {
    ...jobs,
    rule: 'the type of workers is one of Standard, G.025X to G.16X, Z.2X, R.1X to R.8X',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/worker-types.html',
    isBroken: (input) =>
      member(input, 'WorkerType') !== undefined && !workerTypes.test(String(member(input, 'WorkerType'))),
  },
  {
    ...jobs,
    rule: 'a job has either workers or a capacity, and at least two workers',
    source: jobPage,
    isBroken(input) {
      const workers = member(input, 'NumberOfWorkers');
      const isBoth = member(input, 'WorkerType') !== undefined && member(input, 'MaxCapacity') !== undefined;
      return isBoth || (workers !== undefined && Number(workers) < 2);
    },
  },
  {
    ...jobs,
    rule: 'a job stops after 1 to 10,080 minutes',
    source: jobPage,
    isBroken(input) {
      const minutes = member(input, 'Timeout');
      return minutes !== undefined && !(Number(minutes) >= 1 && Number(minutes) <= 10_080);
    },
  },
  {
    ...jobs,
    rule: `the arguments ${reserved.join(', ')} are set by Glue itself`,
    source: argumentsPage,
    isBroken: (input) => argumentsOf(input).some(([name]) => reserved.includes(name)),
  },
  {
    ...jobs,
    rule: 'an argument that Glue reads has one of its values: the presence of --enable-metrics counts, others are true or false',
    source: argumentsPage,
    isBroken: (input) =>
      argumentsOf(input).some(([name, value]) => specialArguments[name]?.test(value) === false),
  },
  {
    ...jobs,
    // getResolvedOptions cannot read a name with a hyphen.
    rule: 'the name of an argument of your own begins with -- and has underscores, no hyphens',
    source:
      'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-pyspark-extensions-get-resolved-options.html',
    isBroken: (input) =>
      argumentsOf(input).some(
        ([name]) => specialArguments[name] === undefined && !reserved.includes(name) && !/^--\w+$/.test(name),
      ),
  },
  {
    ...jobs,
    rule: 'the arguments have at most 260 KB together',
    source: argumentsPage,
    isBroken: (input) =>
      argumentsOf(input).reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0) > 260 * 1024,
  },
  {
    service: 'glue',
    operations: ['CreateJob', 'UpdateJob'],
    rule: 'a Spark job has its script on S3, and PythonVersion 3',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_JobCommand.html',
    isBroken(input) {
      const command = member(input, 'Command');
      if (at(command, 'Name') !== 'glueetl' || !has(command, 'ScriptLocation')) return false;
      return !/^s3:\/\//.test(String(at(command, 'ScriptLocation'))) || at(command, 'PythonVersion') !== '3';
    },
  },
];
