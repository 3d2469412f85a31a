import { expect, test } from 'vitest';
import type { Finding } from '../../src/alerts/finding.ts';
import { createIncidentLog } from '../../src/alerts/incident-log.ts';
import { breach, quiet } from './findings.ts';
import { clicks } from './shop.ts';

test('an incident log keeps the incidents of subjects and kinds apart, and tells them in the order of findings', () => {
  const log = createIncidentLog(clicks, { quiet: 100, cooldown: 30 });
  const tell = (...findings: Finding[]): string[] =>
    log.tell(findings).map(({ subject, kind, state, seen }) => `${subject} ${kind} ${state} ${seen}`);
  expect(tell(breach(10, 11), breach(10, 12, { subject: '8' }), breach(20, 13))).toEqual([
    '7 many-actions open 11',
    '8 many-actions open 12',
  ]);
  expect(tell(breach(60, 30), breach(60, 20, { kind: 'scraper' }), quiet(20, { subject: '8' }))).toEqual([
    '7 many-actions update 30',
    '7 scraper open 20',
    '8 many-actions closed 12',
  ]);
  expect(tell(quiet(60), quiet(60), quiet(60, { subject: '9' }))).toEqual(['7 many-actions closed 30']);
});
