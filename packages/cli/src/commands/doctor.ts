import type { PolicyRole } from '@headwater/core';
import { policyRoles } from '@headwater/core/internal';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { chosenAws, configOption } from '../config/chosen-lake.ts';
import { type Finding, findings } from '../doctor/findings.ts';
import { wrap } from '../output/wrap.ts';

const marks: Readonly<Record<Finding['state'], readonly ['green' | 'yellow' | 'red', string]>> = {
  good: ['green', 'good'],
  note: ['yellow', 'note'],
  bad: ['red', 'bad '],
};

const indent = ' '.repeat(6);
/** A finding is wrapped and never cut, because its end may say what to change. */
const narrowest = 20;

/** `headwater doctor` */
export const doctor = defineCommand({
  name: 'doctor',
  description:
    'Checks Node, the engine, disk space, memory and the config, each by using it. With `aws` in the config it also names the days of ' +
    'the lake that Athena and Trino omit, and with `postgres` it asks the server for its tables. With --aws it asks the account, and changes ' +
    'nothing there: credentials, region, quotas, the stack, what is published, the lake, alarms with their runbooks, and with --role whether ' +
    'you may make the calls of a role. Exit code 1 when something is missing.',
  options: {
    aws: flag('Ask the AWS account of the config as well'),
    role: choice(
      'ROLE',
      Object.keys(policyRoles) as PolicyRole[],
      'With --aws: the role whose calls you should be able to make',
    ),
    ...configOption,
  },
  examples: [
    ['doctor', 'Before the first load, or after a surprising error'],
    ['doctor --aws', 'Before a deployment, or when a dashboard is empty'],
    ['doctor --aws --role analyst', 'Whether you may ask on Athena'],
  ],
  async run({ options, signal, onProgress }) {
    if (options.role !== undefined && !options.aws) throw new UsageError('--role needs --aws.');
    const here = await findings(options.config);
    const checks = options.aws ? [...here, ...(await onAws())] : here;
    async function onAws(): Promise<Finding[]> {
      const { config, target } = await chosenAws(options);
      const { awsFindings } = await import('../doctor/aws/aws-findings.ts');
      const onCheck = (name: string, fraction: number): void =>
        onProgress?.({ doing: `asking AWS: ${name}`, fraction });
      return awsFindings({ config, target, role: options.role, signal, onCheck });
    }
    const ok = checks.every(({ state }) => state !== 'bad');
    return { data: { ok, checks }, exitCode: ok ? 0 : 1 };
  },
  async print({ data }, console) {
    const room = Math.max(narrowest, (console.columns ?? Number.POSITIVE_INFINITY) - indent.length);
    for (const { name, state, found } of data.checks) {
      const [colour, mark] = marks[state];
      const [first = '', ...more] = wrap(`${name}: ${found}`, room);
      await console.print(`${console.style(colour, mark)}  ${first}`);
      for (const line of more) await console.print(indent + line);
    }
  },
});
