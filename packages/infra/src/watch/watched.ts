import {
  type AlarmCall,
  deriveAlarms,
  deriveLoadAlarms,
  deriveNotices,
  deriveQueryAlarms,
  type Notice,
} from '@headwater/core';
import type { PlatformFacts } from '../platform-context.ts';
import { streamTable } from '../stream-parts.ts';

/** What is watched of a platform. */
export interface Watched {
  readonly calls: readonly AlarmCall[];
  readonly notices: readonly Notice[];
}

/** Every alarm and notice of the parts that a platform has. All of them tell its topic. */
export function watchedOf(facts: PlatformFacts): Watched {
  const { target, tables, topicArn, has } = facts;
  const schemas = has('load') ? tables.map(({ schema }) => schema) : [];
  const streamed = has('stream') || has('functions') ? streamTable(facts)?.schema : undefined;
  return {
    calls: [
      ...(streamed === undefined ? [] : deriveAlarms(streamed, target, { topicArn })),
      ...schemas.flatMap((schema) => deriveLoadAlarms(schema, target, { topicArn })),
      ...deriveQueryAlarms(target, { topicArn }),
    ],
    notices: schemas.flatMap((schema) => deriveNotices(schema, target)),
  };
}
