import { defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';
import { createReminderHandler, type ReminderHandlerOptions } from '../../src/handlers/index.ts';

declare const options: ReminderHandlerOptions;

const columns = {
  at: timestamp(),
  who: z.int64(),
  visit: z.string(),
  kind: z.enum(['view', 'cart', 'purchase']),
};
const full = defineEvents('full', {
  columns,
  roles: { time: 'at', actor: 'who', session: 'visit', action: 'kind' },
});
const derived = defineEvents('derived', {
  columns,
  roles: { time: 'at', actor: 'who', action: 'kind' },
  sessions: { inactivity: '30m' },
});
const loose = defineEvents('loose', { columns, roles: { time: 'at', actor: 'who', action: 'kind' } });
const silent = defineEvents('silent', { columns, roles: { time: 'at', actor: 'who', session: 'visit' } });

createReminderHandler(full, options) satisfies () => Promise<{ readonly reminders: number }>;
createReminderHandler(derived, options);
// @ts-expect-error the table has no sessions
createReminderHandler(loose, options);
// @ts-expect-error the table does not say what a cart or a purchase is
createReminderHandler(silent, options);
