import { z } from 'zod';
import { AwsError, invalidRequest } from '../aws-error.ts';
import type { NamedQueries } from './named-queries.ts';
import type { Queries } from './queries.ts';
import { describeExecution } from './query-execution.ts';
import { queryResults, queryResultsInput } from './query-results.ts';
import { startQueryInput } from './start-query.ts';
import type { WorkGroups } from './work-groups.ts';

/** The state that the operations read and change. */
export interface AthenaState {
  readonly queries: Queries;
  readonly workGroups: WorkGroups;
  readonly namedQueries: NamedQueries;
}

/** An operation of Athena's API: takes the request's JSON and gives the answer's JSON. */
export type AthenaOperation = (input: unknown, state: AthenaState) => object | Promise<object>;

const byId = z.object({ QueryExecutionId: z.string() });
const byName = z.object({ WorkGroup: z.string() });
const location = z.object({ OutputLocation: z.string().optional() }).loose();
const configuration = z
  .object({
    EnforceWorkGroupConfiguration: z.boolean().optional(),
    PublishCloudWatchMetricsEnabled: z.boolean().optional(),
    BytesScannedCutoffPerQuery: z.number().optional(),
    RequesterPaysEnabled: z.boolean().optional(),
    ResultConfiguration: location.optional(),
  })
  .loose();
const configurationUpdates = configuration
  .omit({ ResultConfiguration: true })
  .extend({
    RemoveBytesScannedCutoffPerQuery: z.boolean().optional(),
    ResultConfigurationUpdates: location.extend({ RemoveOutputLocation: z.boolean().optional() }).optional(),
  })
  .loose();
const createWorkGroup = z.object({
  Name: z.string(),
  Description: z.string().default(''),
  Configuration: configuration.default({}),
});
const updateWorkGroup = byName.extend({
  Description: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  ConfigurationUpdates: configurationUpdates.optional(),
});
const deleteWorkGroup = byName.extend({ RecursiveDeleteOption: z.boolean().default(false) });
const byWorkGroup = z.object({ WorkGroup: z.string().default('primary') });
const byNamedQuery = z.object({ NamedQueryId: z.string() });
const namedQueryBatch = z.object({ NamedQueryIds: z.array(z.string()).min(1).max(50) });
const namedQueryChanges = byNamedQuery.extend({
  Name: z.string(),
  Description: z.string().optional(),
  QueryString: z.string(),
});
const page = z.object({ NextToken: z.string().optional(), MaxResults: z.int().min(1).max(50).default(50) });

/** The operations of Athena that the façade answers. The emulator answers the others. */
export const athenaOperations: Readonly<Record<string, AthenaOperation>> = {
  StartQueryExecution: async (input, { queries, workGroups }) => {
    const start = startQueryInput.parse(input);
    const { request } = await queries.start(start, workGroups.get(start.WorkGroup));
    return { QueryExecutionId: request.id };
  },
  GetQueryExecution: (input, { queries }) => ({
    QueryExecution: describeExecution(queries.get(byId.parse(input).QueryExecutionId)),
  }),
  BatchGetQueryExecution: (input, { queries }) => {
    const { QueryExecutionIds } = z
      .object({ QueryExecutionIds: z.array(z.string()).min(1).max(50) })
      .parse(input);
    const found = QueryExecutionIds.map((id) => attempt(() => describeExecution(queries.get(id)), id));
    return {
      QueryExecutions: found.filter((one) => !(one instanceof Unprocessed)),
      UnprocessedQueryExecutionIds: found.flatMap((one) => (one instanceof Unprocessed ? { ...one } : [])),
    };
  },
  ListQueryExecutions: (input, { queries }) => {
    const { WorkGroup = 'primary' } = byName.partial().parse(input);
    const { items, ...next } = paged(queries.list(WorkGroup), page.parse(input));
    return { QueryExecutionIds: items.map(({ request }) => request.id), ...next };
  },
  GetQueryResults: (input, { queries }) => {
    const results = queryResultsInput.parse(input);
    return queryResults(queries.get(results.QueryExecutionId), results);
  },
  StopQueryExecution: (input, { queries }) => {
    queries.stop(byId.parse(input).QueryExecutionId);
    return {};
  },
  CreateWorkGroup: (input, { workGroups }) => {
    const { Name, Description, Configuration } = createWorkGroup.parse(input);
    workGroups.create(Name, Description, Configuration);
    return {};
  },
  GetWorkGroup: (input, { workGroups }) => ({ WorkGroup: workGroups.get(byName.parse(input).WorkGroup) }),
  UpdateWorkGroup: (input, { workGroups }) => {
    const { WorkGroup, ...changes } = updateWorkGroup.parse(input);
    workGroups.update(WorkGroup, changes);
    return {};
  },
  DeleteWorkGroup: (input, { workGroups, namedQueries }) => {
    const { WorkGroup, RecursiveDeleteOption } = deleteWorkGroup.parse(input);
    const kept = namedQueries.of(WorkGroup);
    if (kept.length > 0 && !RecursiveDeleteOption)
      throw invalidRequest(`WorkGroup ${WorkGroup} is not empty`);
    workGroups.delete(WorkGroup);
    for (const id of kept) namedQueries.delete(id);
    return {};
  },
  CreateNamedQuery: (input, { namedQueries, workGroups }) => {
    workGroups.get(byWorkGroup.parse(input).WorkGroup);
    return { NamedQueryId: namedQueries.create(input) };
  },
  GetNamedQuery: (input, { namedQueries }) => ({
    NamedQuery: namedQueries.get(byNamedQuery.parse(input).NamedQueryId),
  }),
  BatchGetNamedQuery: (input, { namedQueries }) => {
    const { NamedQueryIds } = namedQueryBatch.parse(input);
    const found = NamedQueryIds.map((id) => namedQueries.find(id));
    return {
      NamedQueries: found.filter((query) => query !== undefined),
      UnprocessedNamedQueryIds: NamedQueryIds.filter((_id, index) => found[index] === undefined).map(
        (NamedQueryId) => ({ NamedQueryId, ErrorCode: 'NOT_FOUND' }),
      ),
    };
  },
  ListNamedQueries: (input, { namedQueries, workGroups }) => {
    const { WorkGroup } = byWorkGroup.parse(input);
    workGroups.get(WorkGroup);
    const { items, ...next } = paged(namedQueries.of(WorkGroup), page.parse(input));
    return { NamedQueryIds: items, ...next };
  },
  UpdateNamedQuery: (input, { namedQueries }) => {
    const { NamedQueryId, ...changes } = namedQueryChanges.parse(input);
    namedQueries.update(NamedQueryId, changes);
    return {};
  },
  DeleteNamedQuery: (input, { namedQueries }) => {
    namedQueries.delete(byNamedQuery.parse(input).NamedQueryId);
    return {};
  },
  ListWorkGroups: (input, { workGroups }) => {
    const { items, ...next } = paged(workGroups.list(), page.parse(input));
    return {
      WorkGroups: items.map(({ Configuration, ...group }) => ({
        ...group,
        EngineVersion: Configuration.EngineVersion,
      })),
      ...next,
    };
  },
};

class Unprocessed {
  readonly QueryExecutionId: string;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;

  constructor(id: string, error: AwsError) {
    this.QueryExecutionId = id;
    this.ErrorCode = error.type;
    this.ErrorMessage = error.message;
  }
}

function attempt(describe: () => object, id: string): object {
  try {
    return describe();
  } catch (error) {
    if (error instanceof AwsError) return new Unprocessed(id, error);
    throw error;
  }
}

function paged<Item>(
  all: readonly Item[],
  { NextToken, MaxResults }: z.output<typeof page>,
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  const from = Number(NextToken ?? 0);
  const next = from + MaxResults;
  return { items: all.slice(from, next), ...(next < all.length ? { NextToken: String(next) } : {}) };
}
