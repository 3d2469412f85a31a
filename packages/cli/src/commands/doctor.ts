import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
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
    'Checks that this machine has what Headwater needs, by using it: Node, the engine, room on the disk, the config. Exit code 1 ' +
    'when something is missing.',
  options: {
    config: text('FILE', 'The config; headwater.config.ts here or in a folder above when not given'),
  },
  examples: [['doctor', 'Before anything else, or when something is odd']],
  async run({ options, console }) {
    const found = await findings(options.config);
    const isWell = found.every(({ state }) => state !== 'bad');
    if (options.json) {
      await console.json({ ok: isWell, checks: found });
      return isWell;
    }
    const rows = found.map(({ name, state, found: what }) => {
      const [colour, mark] = marks[state];
      return [console.style(colour, mark), name, what];
    });
    await console.write(
      tableText([{ title: '' }, { title: 'what' }, { title: 'found' }], rows, console.style),
    );
    return isWell;
  },
});
