// Stands in for AWS's runtime interface client, whose installation compiles C++ for minutes: it imports the module of _HANDLER, asks the
// Runtime API for invocations, and answers each. Started as a program in the folder of the bundle.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const api = `http://${process.env['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime`;

function post(path: string, body: string): Promise<Response> {
  return fetch(`${api}/${path}`, { method: 'POST', body });
}

function errorBody(error: unknown): string {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({ errorType: name, errorMessage: message, stackTrace: stack?.split('\n') ?? [] });
}

async function loadHandler(): Promise<(event: unknown, context: object) => unknown> {
  const [module = '', name = ''] = (process.env['_HANDLER'] ?? '').split('.');
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? '', `${module}.mjs`);
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
  const handler = exported[name];
  if (typeof handler !== 'function')
    throw Object.assign(new Error(`${file} exports no function ${name}`), {
      name: 'Runtime.HandlerNotFound',
    });
  return handler as (event: unknown, context: object) => unknown;
}

async function run(): Promise<never> {
  const handler = await loadHandler().catch(async (error) => {
    await post('init/error', errorBody(error));
    process.exit(1);
  });
  for (;;) {
    const next = await fetch(`${api}/invocation/next`);
    const header = (name: string): string => next.headers.get(`lambda-runtime-${name}`) ?? '';
    const id = header('aws-request-id');
    process.env['_X_AMZN_TRACE_ID'] = header('trace-id');
    const context = {
      awsRequestId: id,
      invokedFunctionArn: header('invoked-function-arn'),
      functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
      functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
      memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
      logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
      logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Number(header('deadline-ms')) - Date.now(),
    };
    try {
      const response = await handler(await next.json(), context);
      await post(`invocation/${id}/response`, JSON.stringify(response ?? null));
    } catch (error) {
      await post(`invocation/${id}/error`, errorBody(error));
    }
  }
}

await run();
