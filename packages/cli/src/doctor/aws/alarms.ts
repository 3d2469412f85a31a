import { streamNames } from '@headwater/core';
import { failureQueue } from '@headwater/core/internal';
import { isMissing } from '../../aws/refused.ts';
import { counted } from '../../output/figures.ts';
import type { Finding } from '../findings.ts';
import { type AccountCheck, type AccountFacts, bad, good, note, unasked } from './account-check.ts';

/** At most so many alarms are listed by name. */
const shownAlarms = 20;

/** Alarms that ring, each with its runbook, and deliveries that functions gave up. */
export const alarmCheck: AccountCheck = {
  name: 'alarms',
  run: async (facts) => [...(await alarms(facts)), ...(await failures(facts))],
};

async function alarms({ clients, target }: AccountFacts): Promise<Finding[]> {
  const { DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
  const AlarmNamePrefix = `headwater-${target.database}-`;
  try {
    const ask = async (StateValue?: 'ALARM') =>
      clients.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix, StateValue, MaxRecords: 100 }));
    const { MetricAlarms: asked = [] } = await ask('ALARM');
    // Emulators give every alarm of the prefix, whatever its state.
    const ringing = asked.filter(({ StateValue }) => StateValue === 'ALARM');
    if (ringing.length === 0) {
      const { MetricAlarms: all = [], NextToken } = await ask();
      if (all.length === 0)
        return [note('alarms', 'none are there: headwater derive alarms, or infra deploy, makes them')];
      return [
        good('alarms', `none of ${NextToken ? 'more than ' : ''}${counted(all.length, 'alarm')} rings`),
      ];
    }
    return ringing
      .slice(0, shownAlarms)
      .map(({ AlarmName = '', AlarmDescription = '', StateUpdatedTimestamp }) => {
        const runbook = /https?:\/\/\S+/.exec(AlarmDescription)?.[0];
        const since = StateUpdatedTimestamp?.toISOString().slice(0, 16).replace('T', ' ');
        const text = AlarmDescription.replace(/\s*https?:\/\/\S+\s*$/, '');
        return bad(
          `alarm ${AlarmName}`,
          `rings since ${since} UTC: ${text}${runbook ? ` Runbook: ${runbook}` : ''}`,
        );
      });
  } catch (error) {
    return [unasked('alarms', error, 'cloudwatch:DescribeAlarms')];
  }
}

async function failures(facts: AccountFacts): Promise<Finding[]> {
  const { target, config } = facts;
  if (target.stream === undefined) return [];
  const queues = [
    ...new Set(
      config.tables.flatMap(({ name }) =>
        Object.values(streamNames(name, target).functions).map(failureQueue),
      ),
    ),
  ];
  const waiting = await Promise.all(queues.map((queue) => messagesIn(facts, queue)));
  const found = queues.flatMap((queue, index): Finding[] => {
    const messages = waiting[index];
    if (messages === undefined || messages === 0) return [];
    if (typeof messages === 'object') return [messages];
    return [
      bad(
        `queue ${queue}`,
        `${counted(messages, 'delivery')} that the function gave up. Each names its shard and sequence numbers; mend the cause, then read them again`,
      ),
    ];
  });
  const there = waiting.filter((messages) => messages !== undefined).length;
  if (found.length > 0) return found;
  return [
    there === 0
      ? note('failure queues', 'none are there yet')
      : good('failure queues', `${counted(there, 'queue')}, all empty`),
  ];
}

/** The number of messages in a queue; a note where AWS did not answer; undefined where there is no such queue. */
async function messagesIn(
  { clients: { sqs } }: AccountFacts,
  queue: string,
): Promise<number | Finding | undefined> {
  const { GetQueueAttributesCommand, GetQueueUrlCommand } = await import('@aws-sdk/client-sqs');
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
  } catch (error) {
    if (isMissing(error)) return undefined;
    return unasked(`queue ${queue}`, error, 'sqs:GetQueueAttributes');
  }
}
