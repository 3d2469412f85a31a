import { useAwsSandbox } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, tableOf } from '@headwater/queries';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { assertDaysAlone, assertRule } from '../support/assert-sessions.ts';
import { makeLake } from '../support/made-lake.ts';
import { remoteEngines } from '../support/remote-engines.ts';
import { randomVisits, visitTables } from '../support/visits.ts';
import { publishLake } from '../support/with-published-lakes.ts';

const aws = useAwsSandbox('session-rule');
const visits = randomVisits(1);
const opened: Lake[] = [];

beforeAll(async () => {
  const made = await makeLake();
  for (const table of visitTables) await made.commit(table, visits);
  await publishLake(aws, made.folder, visitTables);
  await made.remove();
});
afterAll(async () => {
  for (const lake of opened) await closeLake(lake);
});

describe.for(remoteEngines(aws))('$name', (engine) => {
  const lake = createLake({ tables: visitTables, engine });
  opened.push(lake as never);
  test.concurrent.for(visitTables)('$name: the sessions of a program that reads all events', ({ name }) =>
    assertRule(tableOf(lake, name), visits),
  );
  test.concurrent.for(['by_id', 'derived'])('%s: the answer for a day does not depend on the range', (name) =>
    assertDaysAlone(tableOf(lake, name), ['session-summary', 'revenue']),
  );
});
