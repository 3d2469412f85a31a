import { expect, it } from 'vitest';
import { printIncidents } from '../../src/detect/print-incidents.ts';
import type { ToldIncident } from '../../src/detect/told-incidents.ts';
import { clickstream } from '../../src/template/clickstream.ts';

it('prints values of rows without what a terminal would obey', async () => {
  const written: string[] = [];
  const console = { style: (_: string, text: string) => text, write: (text: string) => written.push(text) };
  const time = '2019-10-01T10:00:20.000Z';
  const incident: ToldIncident = {
    version: 1,
    incident: 'one',
    state: 'open',
    time,
    opened: time,
    kind: 'flood',
    severity: 'warning',
    subject_type: 'session',
    subject: 'a\u001b[2Jb',
    actors: ['1'],
    score: 2,
    window_s: 60,
    event_type: null,
    seen: 1234.567,
    expected: 10,
    evidence: [{ event_type: 'view\u0007', product_id: '1\u009b2J', event_time: time }],
  };
  await printIncidents(clickstream.schema, [incident], console as never);
  const [, line] = written.join('').split('\n');
  expect(line).toBe(
    '2019-10-01 10:00:20  flood  session a [2Jb  1,234.57        10  1 min 0 s  open   view  1 2J at 10:00:20',
  );
});
