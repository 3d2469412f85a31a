import { randomUUID } from 'node:crypto';
import type { Stack, StackStatus } from './stack.ts';

/** The type of a stack in its own events. */
const stackType = 'AWS::CloudFormation::Stack';

/** Sets the state of a stack, and writes the event of it. */
export function setStatus(stack: Stack, status: StackStatus, reason?: string, token?: string): void {
  stack.status = status;
  stack.statusReason = reason;
  logEvent(stack, { id: stack.name, type: stackType, physicalId: stack.id, status, reason, token });
}

/** Writes an event of a resource. */
export function logEvent(
  stack: Stack,
  event: {
    readonly id: string;
    readonly type: string;
    readonly physicalId?: string | undefined;
    readonly status: string;
    readonly reason?: string | undefined;
    readonly token?: string | undefined;
  },
): void {
  // Readers sort events by time, so that no two have the same.
  const last = stack.events.at(-1)?.Timestamp.getTime() ?? 0;
  stack.events.push({
    EventId: `${event.id}-${event.status}-${randomUUID()}`,
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: event.id,
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: new Date(Math.max(Date.now(), last + 1)),
    ResourceStatus: event.status,
    ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
    ...(event.token === undefined ? {} : { ClientRequestToken: event.token }),
  });
}
