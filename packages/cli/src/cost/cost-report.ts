import { type AwsTarget, HeadwaterError, isHeadwaterError } from '@headwater/core';
import { queryPlace, readLakeHistory, s3Place, sparkJobName } from '@headwater/core/internal';
import {
  monthlyPrice,
  type PlatformConfig,
  type PriceLine,
  platformFacts,
  priceBasis,
  unitPrices,
} from '@headwater/infra/prices';
import { openLakeStore } from '@headwater/storage';
import { isDenied, problemText } from '../aws/refused.ts';
import { openServiceClients, type ServiceClients } from '../aws/service-clients.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { counted } from '../output/figures.ts';
import { askAthena } from './ask-athena.ts';
import { askGlue } from './ask-glue.ts';
import { askListedBytes } from './ask-listed-bytes.ts';
import { askOldVersions } from './ask-old-versions.ts';
import { askStream } from './ask-stream.ts';
import { type CostLine, type CostPart, costLine } from './cost-line.ts';
import type { Month } from './month.ts';
import { type QueryCost, queryCost } from './query-cost.ts';
import { storedBytes } from './stored-bytes.ts';
import { streamCost } from './stream-cost.ts';

/** What a month cost, and what the plan says of a month. */
export interface CostReport {
  readonly month: string;
  /** False for a month that goes on: its lines are those up to now. */
  readonly isOver: boolean;
  /** The region of the config, and the region and day of the unit prices. */
  readonly prices: { readonly region: string; readonly basis: string; readonly date: string };
  readonly lines: readonly CostLine[];
  readonly queries: QueryCost;
  /** Null where no plan can be made from the config. */
  readonly plan: readonly PriceLine[] | null;
  /** What is not in the lines, in words. */
  readonly unseen: readonly string[];
}

/** What a report is made of. */
export interface CostQuestion {
  readonly config: LoadedConfig;
  readonly target: AwsTarget;
  readonly month: Month;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Called as the work proceeds, with a share from 0 to 1. */
  onProgress?(doing: string, fraction: number): void;
}

interface Asked {
  readonly lines: readonly CostLine[];
  readonly unseen?: readonly string[];
}

const [GB, TB] = [1e9, 1e12];

/**
 * What a month cost: queries, loads, storage and streams, each measured as far as AWS and the lake tell, at stated unit prices, and what the plan of
 * the config says of a month. Requests, transfer, logs, alarms, taxes and discounts are not in it. A part that AWS refuses is named, and left out.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID` for credentials of another account: what that did would be counted
 */
export async function costReport(question: CostQuestion): Promise<CostReport> {
  const { config, target, month, now, signal, onProgress } = question;
  using clients = await openServiceClients(target.region);
  await assertAccount(clients, target);
  const pricePerTerabyte = config.pricePerTerabyte ?? unitPrices.scanned.dollars;
  const tables = config.tables.map(({ name }) => name);
  const unseen: string[] = [];
  const lines: CostLine[] = [];
  const ask = async (part: CostPart, fraction: number, asked: () => Promise<Asked>): Promise<void> => {
    signal.throwIfAborted();
    onProgress?.(`asking for ${part}`, fraction);
    try {
      const found = await asked();
      lines.push(...found.lines);
      unseen.push(...(found.unseen ?? []));
    } catch (error) {
      if (signal.aborted) throw error;
      unseen.push(
        `${part}: ${isDenied(error) ? 'the caller may not ask' : 'not answered'}: ${problemText(error)}`,
      );
    }
  };
  let queries: QueryCost = queryCost([], pricePerTerabyte);
  await ask('queries', 0, async () => {
    const onPage = (read: number): void => onProgress?.(`reading queries: ${counted(read, 'query')}`, 0.1);
    const asked = await askAthena(clients, workgroupsOf(target), month, { now, signal, onPage });
    queries = queryCost(asked.queries, pricePerTerabyte);
    const price = { ...unitPrices.scanned, dollars: pricePerTerabyte };
    return {
      lines: [
        costLine(
          {
            part: 'queries',
            what: `${counted(queries.runs, 'query')} on Athena`,
            units: queries.billedBytes / TB,
          },
          price,
        ),
      ],
      unseen: asked.unseen,
    };
  });
  await ask('loads', 0.4, () => loads(question, clients, tables));
  await ask('storage', 0.6, () => storage(question, clients, tables));
  if (target.stream !== undefined) await ask('stream', 0.8, () => streams(question, clients, tables));
  return {
    month: month.name,
    isOver: month.isOver,
    prices: { region: target.region, basis: priceBasis.region, date: priceBasis.date },
    lines,
    queries,
    plan: planOf(config),
    unseen: [
      ...unseen,
      'Requests to S3, transfer, crawlers, DataBrew, Flink, QuickSight, topics, logs, metrics, alarms, taxes and discounts are not measured',
    ],
  };
}

/** Without credentials there is no account to compare: each part says that it was not answered. */
async function assertAccount({ sts }: ServiceClients, { account }: AwsTarget): Promise<void> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const caller = await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  const asked = caller?.Account ?? account;
  if (asked === account) return;
  const problem = `is ${account}, and the credentials are of ${asked}: set AWS_PROFILE to a profile of that account, or correct the config`;
  throw new HeadwaterError('AWS_CONFIG_INVALID', { problems: [{ field: 'account', problem }] });
}

const workgroupsOf = (target: AwsTarget): string[] =>
  [undefined, ...(target.permissionClasses ?? [])].map((readers) => queryPlace(target, readers).workgroup);

async function loads(
  { target, month, signal }: CostQuestion,
  clients: ServiceClients,
  tables: readonly string[],
): Promise<Asked> {
  const jobs = tables.flatMap((table) =>
    ['', '-verify'].map((end) => `${sparkJobName(target, table)}${end}`),
  );
  const found = await Promise.all(jobs.map((job) => askGlue(clients, job, month, signal)));
  return {
    lines: found.flatMap((asked) =>
      asked === undefined || asked.runs === 0
        ? []
        : [
            costLine(
              {
                part: 'loads',
                what: `${counted(asked.runs, 'run')} of ${asked.job}`,
                units: asked.hours,
                ...(asked.atMost > 0
                  ? {
                      basis: 'estimated' as const,
                      note: `${asked.atMost} of them with their maximum of workers`,
                    }
                  : {}),
              },
              unitPrices.dpu,
            ),
          ],
    ),
  };
}

async function storage(
  { target, month, signal }: CostQuestion,
  clients: ServiceClients,
  tables: readonly string[],
): Promise<Asked> {
  const store = openLakeStore(target.location, { aws: target });
  const lines: CostLine[] = [];
  const unseen: string[] = [];
  // What is there now is taken for the month.
  const share = (month.to.getTime() - month.from.getTime()) / 3_600_000 / month.hours;
  for (const table of tables) {
    const history = await readLakeHistory(store, table).catch((error: unknown) => {
      if (isHeadwaterError(error, 'LAKE_NOT_FOUND')) return [];
      throw error;
    });
    const kept = storedBytes(history, month);
    lines.push(
      costLine({ part: 'storage', what: `Lake of ${table}`, units: kept.lake / GB }, unitPrices.storage),
      costLine(
        { part: 'storage', what: `Quarantine of ${table}`, units: kept.quarantine / GB },
        unitPrices.storage,
      ),
    );
    const { bucket, prefix } = s3Place(target, `${target.location}/${table}`);
    const rollups = await askListedBytes(clients, bucket, `${prefix}__rollup_`, signal);
    const old = await askOldVersions(clients, bucket, `${prefix}/`, signal);
    const now = (what: string, bytes: number): void => {
      if (bytes > 0)
        lines.push(
          costLine(
            { part: 'storage', what, units: (bytes / GB) * share, basis: 'estimated', note: 'as it is now' },
            unitPrices.storage,
          ),
        );
    };
    now(`Rollups of ${table}`, rollups.bytes);
    now(`Old versions of files of ${table}`, old.bytes);
    if (rollups.isCut || old.isCut)
      unseen.push(`${table}: of more than 50,000 objects the rest is not counted`);
  }
  return { lines, unseen: [...unseen, 'What landed is not measured: other loads may share its bucket'] };
}

async function streams(
  { config, target, month }: CostQuestion,
  clients: ServiceClients,
  tables: readonly string[],
): Promise<Asked> {
  const { sizes } = platformFacts(config as PlatformConfig);
  const found = await Promise.all(
    tables.map((table) => askStream(clients, target, table, month, sizes.functions.memory)),
  );
  const lines = found.flatMap((use) => (use === undefined ? [] : streamCost(use)));
  // Tables may share a stream, which is paid for once.
  const seen = new Set<string>();
  return {
    lines: lines.filter(({ what }) => !seen.has(what) && seen.add(what)),
    unseen: found.every((use) => use === undefined) ? ['There is no stream yet'] : [],
  };
}

function planOf(config: LoadedConfig): PriceLine[] | null {
  try {
    return monthlyPrice(platformFacts(config as PlatformConfig));
  } catch (error) {
    if (isHeadwaterError(error)) return null;
    throw error;
  }
}
