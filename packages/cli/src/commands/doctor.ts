import { defineCommand } from '../command-line/command.ts';
import { configOption } from '../config/chosen-lake.ts';
import { type Finding, findings } from '../doctor/findings.ts';
import { tableText } from '../output/table-text.ts';

const marks: Readonly<Record<Finding['state'], readonly ['green' | 'yellow' | 'red', string]>> = {
  good: ['green', 'good'],
  note: ['yellow', 'note'],
  bad: ['red', 'bad'],
};

/** `headwater doctor` */
export const doctor = defineCommand({
  name: 'doctor',
  description:
    'Checks Node, the engine, disk space, memory and the config, each by using it. With `aws` in the config it also names the days of ' +
    'the lake that Athena and Trino omit. Exit code 1 when something is missing.',
  options: configOption,
  examples: [['doctor', 'Before the first load, or after a surprising error']],
  async run({ options }) {
    const checks = await findings(options.config);
    const ok = checks.every(({ state }) => state !== 'bad');
    return { data: { ok, checks }, exitCode: ok ? 0 : 1 };
  },
  async print({ data }, console) {
    const rows = data.checks.map(({ name, state, found }) => {
      const [colour, mark] = marks[state];
      return [console.style(colour, mark), name, found];
    });
    await console.write(tableText([{ title: '' }, { title: 'what' }, { title: 'found' }], rows, console));
  },
});
