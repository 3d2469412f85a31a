import { describe, expect, it } from 'vitest';
import type { IncidentStore } from '../../src/alerts/incident-store.ts';
import { reportFindings } from '../../src/alerts/report-findings.ts';
import { createEmbeddedNotifier } from '../../src/notify/embedded-notifier.ts';
import type { Message, Notifier } from '../../src/notify/notifier.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { breach, quiet, told } from './findings.ts';

const now = new Date('2026-03-01T12:00:00Z');
const by = (owner: string) => ({ owner, now, rule: { quiet: 100_000, cooldown: 30_000 } });
const findings = [breach(10, 11), breach(10, 40, { subject: '8' }), breach(60, 30), quiet(60)].map(told);
const states = (messages: readonly Message[]) =>
  messages.map(({ attributes, body }) => `${JSON.parse(body).subject} ${attributes['state']}`);

describe('reportFindings', () => {
  it('publishes incidents with attributes to filter by, and says so once', async () => {
    const store = createEmbeddedAlertStore();
    const notifier = createEmbeddedNotifier();
    const report = await reportFindings({ store, notifier }, findings, by('s'));
    expect(states(notifier.messages())).toEqual(['7 open', '8 open', '7 update', '7 closed']);
    expect(notifier.messages()[0]?.attributes).toEqual({
      kind: 'many-actions',
      severity: 'warning',
      subject_type: 'actor',
      state: 'open',
    });
    expect(report).toMatchObject({ failed: [], published: [{}, {}, {}, {}] });
    expect(await reportFindings({ store, notifier }, findings, by('t'))).toEqual({
      published: [],
      failed: [],
    });
  });

  it.each(['before publishing', 'before marking', 'while publishing the second'])(
    'tells everything when it stops %s and the delivery is repeated',
    async (place) => {
      const inner = createEmbeddedAlertStore();
      const seen: Message[] = [];
      let isBroken = true;
      const crash = (): never => {
        throw new Error('crash');
      };
      const store: IncidentStore = {
        ...inner,
        markTold: (...args) => (isBroken && place === 'before marking' ? crash() : inner.markTold(...args)),
      };
      const notifier: Notifier = {
        async publish(messages) {
          if (isBroken && place === 'before publishing') crash();
          if (!isBroken || place === 'before marking') seen.push(...messages);
          else seen.push(...messages.slice(0, 1));
          return isBroken && place === 'while publishing the second'
            ? {
                published: messages.slice(0, 1).map(({ id }) => id),
                failed: messages.slice(1).map(({ id }) => ({ id, reason: 'throttled' })),
              }
            : { published: messages.map(({ id }) => id), failed: [] };
        },
      };
      const report = () => reportFindings({ store, notifier }, findings, by('s'));
      await report().catch(() => undefined);
      isBroken = false;
      await report();
      // Each notice has come, and one that came twice has the same id.
      expect(states([...new Map(seen.map((message) => [message.id, message])).values()]).sort()).toEqual([
        '7 closed',
        '7 open',
        '7 update',
        '8 open',
      ]);
      expect(await report()).toEqual({ published: [], failed: [] });
    },
  );
});
