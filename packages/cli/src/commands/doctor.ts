import { defineCommand } from '../command-line/command.ts';
import { configOption } from '../config/chosen-lake.ts';
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
    'the lake that Athena and Trino omit, and with `postgres` it asks the server for its tables. Exit code 1 when something is missing.',
  options: configOption,
  examples: [['doctor', 'Before the first load, or after a surprising error']],
  async run({ options }) {
    const checks = await findings(options.config);
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
