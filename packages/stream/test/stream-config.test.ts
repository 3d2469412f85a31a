import { defineEvents, timestamp } from '@headwater/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { defineThresholds, type StreamConfig, streamProblems } from '../src/index.ts';

const events = defineEvents('events', {
  columns: { at: timestamp(), kind: z.enum(['view', 'buy']), visitor: z.string() },
  roles: { time: 'at', action: 'kind', actor: 'visitor' },
  actions: { view: 'view', purchase: 'buy' },
});

describe('streamProblems', () => {
  it('has nothing to say of what can be used', () => {
    const config: StreamConfig = {
      thresholds: defineThresholds(events, [{ kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 }]),
      sessions: { endsAfterSeconds: 900 },
    };
    expect(streamProblems(config, events.schema)).toEqual([]);
    expect(streamProblems({})).toEqual([]);
  });

  it.each([
    [[], '', 'thresholds, detection, sessions'],
    [{ treshold: [] }, 'treshold', 'thresholds, detection, sessions'],
    [{ detection: { latenes: 5 } }, 'detection.latenes', 'allow, off, lateness'],
    [{ detection: { off: ['scrapers'] } }, 'detection.off', 'scraper, catalogue-walk'],
    [{ sessions: 30 }, 'sessions', 'endsAfterSeconds'],
    [{ sessions: { ttl: 5 } }, 'sessions.ttl', 'retentionSeconds'],
    [{ sessions: { countsSeconds: 5 } }, 'sessions.countsSeconds', 'from 3600 to 34560000'],
    [{ thresholds: [{ kind: 'a', of: 'product', moreThan: 1, within: 1 }] }, 'thresholds[0].of', 'role'],
    [{ thresholds: [{ kind: 'a', of: 'actor', moreThan: 1, within: 0 }] }, 'thresholds[0].within', '1 to'],
  ])('names the field of %j and what to write', (config, field, fix) => {
    const [problem] = streamProblems(config, events.schema);
    expect(problem?.field).toBe(field);
    expect(problem?.fix).toContain(fix);
  });

  it('has types for people who write it', () => {
    expectTypeOf<{ sessions: { endsAfterSeconds: 60 } }>().toExtend<StreamConfig>();
    // @ts-expect-error a product needs the role item
    expect(() => defineThresholds(events, [{ kind: 'a', of: 'product', moreThan: 1, within: 1 }])).toThrow();
  });
});
