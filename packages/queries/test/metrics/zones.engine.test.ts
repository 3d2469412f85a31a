import { describe, test } from 'vitest';
import { assertHours, assertPeriods, assertReturns, zoneCases } from '../support/assert-zones.ts';
import { remoteEngines } from '../support/remote-engines.ts';
import { withPublishedLakes } from '../support/with-published-lakes.ts';

const published = withPublishedLakes('zones');
const [london, newYork, lordHowe] = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe'].map((zone) =>
  zoneCases.filter(([name]) => name === zone),
);
/** Athena gets the statements of Trino; two cases show that it gets them. */
const cases = { trino: zoneCases, athena: lordHowe ?? [] } as const;

describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine) as never;
  const own = engine.name === 'trino' ? cases.trino : cases.athena;
  test.concurrent.for(own)('%s, %s to %s: the periods of Temporal', (one) => assertPeriods(lake, one));
  test.concurrent.for([...(london ?? []), ...(newYork ?? [])])(
    '%s, %s to %s: its hours and weekdays',
    (one) => assertHours(lake, one),
  );
  test.concurrent.for(london ?? [])('%s, %s to %s: its days between visits', (one) =>
    assertReturns(lake, one),
  );
});
