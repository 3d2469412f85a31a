import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/alerts/finding.ts';
import { incidentLine } from '../../src/alerts/incident.ts';
import { nextIncident, type StoredIncident } from '../../src/alerts/next-incident.ts';
import { findingTeller } from '../../src/alerts/told-finding.ts';
import { breach, quiet, told } from './findings.ts';
import { midnight } from './shop.ts';

const rule = { quiet: 100_000, cooldown: 30_000 };
function tellAll(findings: readonly Finding[], from?: StoredIncident) {
  let stored = from;
  const lines: string[] = [];
  for (const finding of findings) {
    const step = nextIncident(stored, told(finding), rule);
    stored = step.stored;
    for (const { incident } of step.notices)
      lines.push(`${(Date.parse(incident.time) - midnight) / 1000} ${incident.state} ${incident.seen}`);
  }
  return { stored, lines };
}

describe('nextIncident', () => {
  it('opens an incident, tells again when it has doubled after the cooldown, and closes it', () => {
    const findings = [
      breach(10, 11),
      breach(20, 15),
      breach(30, 23),
      breach(40, 20),
      breach(60, 30),
      quiet(60),
    ];
    // At 30 it has doubled, but the cooldown after 15 has not passed; at 40 it has.
    expect(tellAll(findings).lines).toEqual(['15 open 11', '45 update 23', '165 closed 30']);
  });

  it('opens another incident after a longer pause, and closes the one before if nobody did', () => {
    const { lines, stored } = tellAll([breach(10, 11), breach(111, 12)]);
    expect(lines).toEqual(['15 open 11', '110 closed 11', '116 open 12']);
    expect(stored?.isClosed).toBe(false);
    expect(tellAll([breach(10, 11), breach(110, 12)]).lines).toEqual(['15 open 11']);
  });

  it('gives one id to an incident, and another to the next one', () => {
    const first = nextIncident(undefined, told(breach(10, 11)), rule);
    const again = nextIncident(undefined, told(breach(10, 11)), rule);
    const closed = nextIncident(first.stored, told(quiet(10)), rule);
    const second = nextIncident(closed.stored, told(breach(300, 11)), rule);
    expect(again.notices).toEqual(first.notices);
    expect(closed.notices[0]?.incident.incident).toBe(first.notices[0]?.incident.incident);
    expect(second.notices[0]?.incident.incident).not.toBe(first.notices[0]?.incident.incident);
    const ids = [first, closed, second].flatMap(({ notices }) => notices.map(({ id }) => id));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,128}$/);
  });

  it('changes nothing when findings are applied again, from any place on', () => {
    const findings = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 11, max: 90 }), fc.boolean()), {
        maxLength: 20,
        size: 'max',
      })
      .map((all) => {
        let end = 0;
        return all.flatMap(([slices, seen, ends]) => {
          end += slices * 10;
          return ends ? [breach(end, seen), quiet(end)] : [breach(end, seen)];
        });
      })
      // A watcher says that a subject is quiet when it has been, so the next window is later than that.
      .map((all) =>
        all.filter(
          (one, index) => one.finding === 'breach' || (all[index + 1]?.end ?? Infinity) > one.end + 100_000,
        ),
      );
    fc.assert(
      fc.property(findings, fc.nat(20), (all, place) => {
        const once = tellAll(all);
        const again = tellAll(all.slice(Math.max(0, all.length - place)), once.stored);
        expect(again.lines).toEqual([]);
        expect(again.stored).toEqual(once.stored);
      }),
      { numRuns: 300 },
    );
  });

  it('tells a bounded number of times, however long an incident lasts', () => {
    const day = Array.from({ length: 8640 }, (_, index) => breach(10 + index * 10, 11 + index));
    // Each update is twice the one before: at most log2 of the worst window.
    expect(tellAll(day).lines.length).toBeLessThanOrEqual(1 + Math.log2(8651 / 11));
  });

  it('is one line of JSON in the form that is documented', () => {
    const { notices } = nextIncident(undefined, told(breach(10, 11)), rule);
    expect(notices.map(({ incident }) => incidentLine(incident)).join('')).toMatchInlineSnapshot(`
      "{"version":1,"time":"2026-03-01T00:00:15.000Z","subject_type":"actor","subject":"7","kind":"many-actions","severity":"warning","score":1.1,"window_s":10,"event_type":null,"actors":["7"],"expected":10,"seen":11,"evidence":[{"at":"2026-03-01T00:00:00.000Z","what":"view","visitor":"***","product":"a","price":null}],"incident":"f3216ad77f489b3c78bd7358","state":"open"}
      "
    `);
  });
});

describe('findingTeller', () => {
  it('masks personal columns in evidence, and the id of a person', async () => {
    const { defineEvents, lake, timestamp } = await import('@headwater/core');
    const { z } = await import('zod');
    const mails = defineEvents('mails', {
      columns: {
        at: timestamp(),
        mail: z.string().register(lake, { pii: 'direct' }),
        page: z.string(),
      },
      roles: { time: 'at', actor: 'mail' },
    });
    const row = { at: new Date(midnight), mail: 'ann@example.com', page: 'x'.repeat(300) };
    const finding = findingTeller(mails.schema)({
      ...breach(10, 11),
      subject: 'ann@example.com',
      rows: [row],
    });
    expect(JSON.stringify(finding)).not.toContain('ann');
    expect(finding.subject).toMatch(/^sha256:[0-9a-f]{32}$/);
    expect(finding.evidence).toEqual([
      { at: '2026-03-01T00:00:00.000Z', mail: '***', page: `${'x'.repeat(200)}…` },
    ]);
  });
});
