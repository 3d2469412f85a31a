import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ZodError, z } from 'zod';
import type { Members } from '../rules/aws-rule.ts';
import { awsRuleProblems } from '../rules/aws-rules.ts';
import { answerError, answerJson } from './answer-json.ts';
import { athenaOperations } from './athena/athena-operations.ts';
import { NamedQueries } from './athena/named-queries.ts';
import { Queries } from './athena/queries.ts';
import { ResultStore } from './athena/result-store.ts';
import { WorkGroups } from './athena/work-groups.ts';
import { AwsError, invalidRequest } from './aws-error.ts';
import { CloudFormation } from './cloudformation/cloudformation.ts';
import { AnomalyDetectors } from './cloudwatch/anomaly-detectors.ts';
import { DataBrew } from './databrew/databrew.ts';
import { FlinkApplications } from './flink/flink-applications.ts';
import { ColumnStatistics } from './glue/column-statistics.ts';
import { JobRuns } from './glue/jobs/job-runs.ts';
import { Jobs } from './glue/jobs/jobs.ts';
import { TableUpdates } from './glue/update-table.ts';
import { Upkeep } from './glue/upkeep/upkeep.ts';
import { policySimulation } from './iam/policy-simulation.ts';
import { InjectedFaults } from './injected-faults.ts';
import { EventSourceMappings } from './lambda/event-source-mappings.ts';
import { ModelChecks } from './model-checks.ts';
import { proxy } from './proxy.ts';
import { QuickSight } from './quicksight/quicksight.ts';
import { readBody } from './read-body.ts';
import { PutRecordsFaults } from './serial/put-records-faults.ts';
import { SerialServices } from './serial/serial-services.ts';
import { quotasTarget, serviceQuota } from './service-quotas/service-quotas.ts';
import { signatureScope } from './signature-scope.ts';

/** The services whose requests are checked, by their name in the protocol, with the error of a request that breaks a rule. */
const checked: Readonly<Record<string, readonly [service: string, error: string]>> = {
  AWSGlue: ['glue', 'InvalidInputException'],
  AmazonAthena: ['athena', 'InvalidRequestException'],
};

/** @throws AwsError for a request that AWS refuses, and that the emulator would accept */
function checkRules(name: string, operation: string, input: unknown): void {
  const [service = '', error = ''] = checked[name] ?? [];
  const [problem] = awsRuleProblems({ service, operation, input: Object(input) });
  if (problem !== undefined) throw new AwsError(error, problem);
}

const stackOfGaps = z.object({ stack: z.string(), region: z.string().default('us-east-1') });
const killed = z.object({ id: z.string() });

/** The services behind the façade. */
export interface FacadeOptions {
  readonly moto: string;
  readonly trino: string;
  /** A local folder for the results of queries. */
  readonly results: string;
}

/**
 * The one address for all AWS clients. It runs Athena's queries on Trino and Glue's jobs on the local Spark, keeps DataBrew and
 * QuickSight, checks the versions of Glue's tables and the requests to Managed Flink and CloudWatch, passes requests to Kinesis and DynamoDB one at a time, and forwards
 * everything else to the emulator.
 */
export function createFacade({ moto, trino, results }: FacadeOptions): Server {
  const athena = {
    queries: new Queries({ trino, results, store: new ResultStore(moto) }),
    workGroups: new WorkGroups(),
    namedQueries: new NamedQueries(),
  };
  const tables = new TableUpdates(moto);
  const statistics = new ColumnStatistics();
  const jobs = new Jobs();
  const upkeep = new Upkeep();
  const runs = new JobRuns(jobs, moto);
  const faults = new InjectedFaults();
  const databrew = new DataBrew(faults);
  const quicksight = new QuickSight(faults);
  const stacks = new CloudFormation();
  const mappings = new EventSourceMappings(moto);
  const putRecordsFaults = new PutRecordsFaults();
  const serial = new SerialServices({ moto, faults, putRecordsFaults });
  const models = new ModelChecks();
  const applications = new FlinkApplications();
  const detectors = new AnomalyDetectors();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/_local/throttle') {
      faults.add(await readBody(request));
      return answerJson(response, {});
    }
    if (request.url === '/_local/put-records-faults') {
      putRecordsFaults.order(await readBody(request));
      return answerJson(response, {});
    }
    if (request.url === '/_local/kill-job-run') {
      const { id } = killed.parse(JSON.parse((await readBody(request)).toString('utf8')));
      return answerJson(response, { isKilled: runs.kill(id) });
    }
    if (request.url?.startsWith('/_local/stack-gaps?')) {
      const { searchParams } = new URL(request.url, 'http://localhost');
      const { region, stack } = stackOfGaps.parse(Object.fromEntries(searchParams));
      return answerJson(response, stacks.gaps(region, stack));
    }
    const stackRegion = CloudFormation.regionOf(request);
    if (stackRegion !== undefined) return stacks.answer(stackRegion, request, response);
    const mappingRegion = EventSourceMappings.regionOf(request);
    if (mappingRegion !== undefined)
      return answerJson(response, await mappings.answer(mappingRegion, request, await readBody(request)));
    const databrewRegion = DataBrew.regionOf(request);
    if (databrewRegion !== undefined)
      return answerJson(response, databrew.answer(databrewRegion, request, await readBody(request)));
    const quicksightRegion = QuickSight.regionOf(request);
    if (quicksightRegion !== undefined)
      return answerJson(response, quicksight.answer(quicksightRegion, request, await readBody(request)));
    const serialCall = SerialServices.callOf(request);
    if (serialCall !== undefined) return serial.answer(serialCall, request, response);
    if (policySimulation.covers(request)) {
      const body = await readBody(request);
      if (!(await policySimulation.answer(moto, body, response))) proxy(moto, request, response, body);
      return;
    }
    const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service === quotasTarget) {
      const body = await readBody(request);
      const quota = serviceQuota(operation, Object(JSON.parse(body.toString('utf8'))));
      return quota === undefined ? proxy(moto, request, response, body) : answerJson(response, quota);
    }
    if (ModelChecks.covers(service)) {
      const body = await readBody(request);
      const input: Members = Object(JSON.parse(body.toString('utf8')));
      models.check(service, operation, input);
      const region = signatureScope(request).region ?? 'us-east-1';
      const kept = service.startsWith('KinesisAnalytics')
        ? applications.answer(region, operation, input)
        : detectors.answer(operation, input);
      return kept === undefined ? proxy(moto, request, response, body) : answerJson(response, kept);
    }
    if (service !== 'AmazonAthena' && service !== 'AWSGlue') return proxy(moto, request, response);
    const body = await readBody(request);
    faults.check(service, operation);
    const input: unknown = JSON.parse(body.toString('utf8'));
    checkRules(service, operation, input);
    if (service === 'AWSGlue' && operation === 'UpdateTable') {
      const { status, text } = await tables.update(request, body);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
      return;
    }
    const own =
      service === 'AWSGlue'
        ? (statistics.answer(operation, input) ??
          jobs.answer(operation, input) ??
          upkeep.answer(operation, input) ??
          runs.answer(operation, input))
        : await athenaOperations[operation]?.(input, athena);
    if (own === undefined) proxy(moto, request, response, body);
    else answerJson(response, own);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const known = error instanceof ZodError ? invalidRequest(z.prettifyError(error)) : error;
      answerError(response, known);
    });
  });
  server.requestTimeout = 0; // an upload may take any time
  server.on('close', () => runs.killAll());
  server.keepAliveTimeout = 65_000; // longer than clients keep a connection, so that none is closed during a request
  return server;
}
