import { type EventsTable, isHeadwaterError } from '@headwater/core';
import { jobRuns, type LakeStatus, lakeStatus } from '@headwater/etl';
import { isMissing, problemText } from '../../aws/refused.ts';
import { counted, durationText, percent } from '../../output/figures.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, type AccountFacts, bad, good, note, unasked } from './account-check.ts';

const dayOfSeconds = 86_400;
/** Shares of rejected rows that are worth a look, and that something is wrong with the source. */
const shares = { note: 0.01, bad: 0.2 };

/** Each table: what is published, what the lake has, how fresh it is, and the last run of its Spark job. */
export const lakeCheck: AccountCheck = {
  name: 'lake',
  async run(facts) {
    const found = await Promise.all(facts.config.tables.map((table) => tableHealth(facts, table)));
    return found.flat();
  },
};

const tableHealth = async (facts: AccountFacts, table: EventsTable): Promise<Finding[]> => [
  await publication(facts, table.name),
  ...(await content(facts, table)),
  ...(await lastRun(facts, table)),
];

async function publication(facts: AccountFacts, table: string): Promise<Finding> {
  const { clients, target } = facts;
  const name = `${table}: published`;
  const saved = (await facts.snapshots(table)).at(-1)?.version;
  const { GetTableCommand } = await import('@aws-sdk/client-glue');
  try {
    const { Table } = await clients.glue.send(
      new GetTableCommand({ DatabaseName: target.database, Name: table }),
    );
    const live = Table?.Parameters?.['headwater.version'];
    if (live === undefined)
      return bad(
        name,
        `the table in ${target.database} is not Headwater's: it has no version. headwater schema drift says what it is`,
      );
    if (saved === undefined)
      return note(
        name,
        `version ${live}, and the config's folder has no saved version: check out the commit that published it`,
      );
    return live === saved
      ? good(name, `version ${live}, the last saved one`)
      : bad(name, `version ${live}, and ${saved} is saved. headwater schema publish brings it there`);
  } catch (error) {
    if (isMissing(error))
      return note(
        name,
        `not yet: headwater ${saved === undefined ? 'schema save, then headwater infra deploy or schema publish' : 'infra deploy or schema publish'}`,
      );
    return unasked(name, error, 'glue:GetTable');
  }
}

async function content({ target, now }: AccountFacts, table: EventsTable): Promise<Finding[]> {
  const name = `${table.name}: lake`;
  try {
    const status = await lakeStatus({ table, lake: target.location, aws: target });
    return [freshness(name, status, now), quarantine(table.name, status)];
  } catch (error) {
    if (isHeadwaterError(error, 'LAKE_NOT_FOUND'))
      return [note(name, `${target.location} holds no event of it yet`)];
    return [bad(name, `${target.location} cannot be read: ${problemText(error)}`)];
  }
}

function freshness(name: string, { rows, days, runs }: LakeStatus, now: Date): Finding {
  const last = runs.at(-1);
  const age = last ? (now.getTime() - Date.parse(last.startedAt)) / 1000 : 0;
  const found =
    `${counted(rows, 'event')}${days ? ` of ${days.first} to ${days.last}` : ''}; ` +
    `the last commit (${last?.operation ?? 'none'}) is ${ageText(age)} old`;
  return age > dayOfSeconds
    ? note(
        name,
        `${found}. If events still come, look at the loads: headwater etl status, headwater etl runs`,
      )
    : good(name, found);
}

const ageText = (seconds: number): string =>
  seconds >= 2 * dayOfSeconds ? counted(Math.floor(seconds / dayOfSeconds), 'day') : durationText(seconds);

function quarantine(table: string, { rows, quarantined }: LakeStatus): Finding {
  const name = `${table}: quarantine`;
  const share = rows + quarantined === 0 ? 0 : quarantined / (rows + quarantined);
  const found = `${counted(quarantined, 'row')}, ${percent(share)} of all`;
  if (share <= shares.note) return good(name, found);
  const advice = `${found}. headwater etl quarantine --table ${table} lists the reasons`;
  return share > shares.bad ? bad(name, advice) : note(name, advice);
}

async function lastRun({ target, signal }: AccountFacts, table: EventsTable): Promise<Finding[]> {
  const name = `${table.name}: Spark job`;
  try {
    const { job, runs } = await jobRuns({ table, target, lake: target.location, limit: 1, signal });
    const [last] = runs;
    if (!last) return [];
    const found = `the last run of ${job}, ${last.id}, is ${last.state}`;
    const failed = last.isOver && last.state !== 'SUCCEEDED';
    return [
      failed
        ? bad(name, `${found}${last.problem ? `: ${last.problem}` : ''}. headwater etl runs has the reasons`)
        : good(name, found),
    ];
  } catch (error) {
    return [note(name, `not checked: ${problemText(error)}`)];
  }
}
