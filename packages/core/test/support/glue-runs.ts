import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';

/** A run of a job. */
export interface GlueRun {
  readonly job: string;
  /** Counted from 1, for each job. */
  readonly number: number;
  readonly arguments: Readonly<Record<string, string>>;
}

/** The state in which a run ends, or an error of StartJobRun. */
export type GlueOutcome = 'SUCCEEDED' | 'FAILED' | 'TIMEOUT' | { readonly refused: string };

/** Decides what a run does. A run that does not settle is RUNNING until it is stopped. */
export type GlueProgram = (run: GlueRun) => Promise<GlueOutcome> | GlueOutcome;

/**
 * Glue's runs of jobs, as programs of a test. It has the limit of one run of a job at a time, and forwards everything that is not a run
 * to the services.
 */
export class GlueRuns {
  /** The runs that started. */
  readonly started: GlueRun[] = [];
  /** The ids of runs that were stopped. */
  readonly stopped: string[] = [];
  program: GlueProgram = () => 'SUCCEEDED';
  readonly #states = new Map<string, { job: string; state: string }>();
  readonly #server: Server;
  readonly #services: () => string;

  constructor(services: () => string) {
    this.#services = services;
    this.#server = createServer(async (request, response) => {
      const body = await bodyOf(request);
      const [, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
      const answer = await this.#answer(operation, body);
      if (answer !== undefined) {
        const { status = 200, ...json } = answer;
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(json));
        return;
      }
      const forwarded = await fetch(`${this.#services()}${request.url}`, {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...(body.length > 0 ? { body } : {}),
      });
      response.writeHead(forwarded.status, Object.fromEntries(forwarded.headers));
      response.end(Buffer.from(await forwarded.arrayBuffer()));
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A server without a port');
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Whether a run of the job is active. */
  isBusy(job: string): boolean {
    return [...this.#states.values()].some((run) => run.job === job && run.state === 'RUNNING');
  }

  async #answer(operation: string, body: Buffer): Promise<Answer | undefined> {
    if (operation === 'StartJobRun') return this.#start(JSON.parse(body.toString()));
    if (operation === 'GetJobRun') {
      const { JobName, RunId } = JSON.parse(body.toString());
      const { state = 'FAILED' } = this.#states.get(RunId) ?? {};
      return { JobRun: { Id: RunId, JobName, JobRunState: state, ErrorMessage: 'user@example.com is bad' } };
    }
    if (operation === 'BatchStopJobRun') {
      const { JobRunIds } = JSON.parse(body.toString());
      this.stopped.push(...JobRunIds);
      return { SuccessfulSubmissions: [], Errors: [] };
    }
    return undefined;
  }

  #start({ JobName: job, Arguments = {} }: { JobName: string; Arguments?: Record<string, string> }): Answer {
    if (this.isBusy(job)) return refusal('ConcurrentRunsExceededException');
    const run = {
      job,
      number: this.started.filter((one) => one.job === job).length + 1,
      arguments: Arguments,
    };
    const result = this.program(run);
    if (typeof result === 'object' && 'refused' in result) return refusal(result.refused);
    this.started.push(run);
    const id = `jr_${this.#states.size}`;
    this.#states.set(id, { job, state: 'RUNNING' });
    void Promise.resolve(result).then((state) => this.#states.set(id, { job, state: String(state) }));
    return { JobRunId: id };
  }
}

/** The JSON of an answer, with its status. */
type Answer = Readonly<Record<string, unknown>> & { readonly status?: number };

const refusal = (name: string): Answer => ({ status: 400, __type: name, message: name });

const headersOf = (request: IncomingMessage): [string, string][] =>
  Object.entries(request.headers).flatMap(([name, value]) =>
    ['host', 'connection', 'content-length', 'transfer-encoding', 'expect'].includes(name) ||
    value === undefined
      ? []
      : [[name, String(value)] as [string, string]],
  );

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
