import { down } from '../running/down.ts';
import { readRunningState } from '../running/running-state.ts';
import { type PartStatus, status } from '../running/status.ts';
import { up } from '../running/up.ts';
import type { EnginesCommand } from './engines-command.ts';
import { environmentOf, exportsOf } from './environment.ts';

const useIt = 'Use it in this shell: eval "$(pnpm -s engines env)"';

/** `engines up` */
export const startEngines: EnginesCommand = {
  usage: 'up',
  summary: 'install what is missing, and start the emulator, Trino and the façade',
  async run(_args, { json }) {
    const begun = performance.now();
    const { isNew } = await up();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    if (json) console.log(JSON.stringify({ isNew, parts: await status() }));
    else {
      console.log(isNew ? `Started after ${seconds} s.` : 'Already running.');
      console.log(table(await status()));
      console.log(useIt);
    }
    return 0;
  },
};

/** `engines down` */
export const stopEngines: EnginesCommand = {
  usage: 'down',
  summary: 'stop the processes that `up` started, and no others',
  async run() {
    console.log((await down()) ? 'Stopped.' : 'Nothing is running.');
    return 0;
  },
};

/** `engines status` */
export const showStatus: EnginesCommand = {
  usage: 'status',
  summary: 'show each part, its address and its memory; exit status 1 when a part is not ready',
  async run(_args, { json }) {
    const parts = await status();
    const isUp = parts.length > 0 && parts.every((part) => part.state === 'ready');
    if (json) console.log(JSON.stringify({ isUp, parts }));
    else if (parts.length === 0) console.log('Nothing is running. Start it: pnpm engines up');
    else console.log(`moto 5.2.3, Trino 476${isUp ? '' : ': some parts are not ready'}\n${table(parts)}`);
    return isUp ? 0 : 1;
  },
};

/** `engines env` */
export const showEnvironment: EnginesCommand = {
  usage: 'env',
  summary: 'print the environment of AWS clients and of Spark, for a shell to evaluate',
  async run(_args, { json }) {
    const state = readRunningState();
    if (state === undefined) {
      console.error('Nothing is running. Start it: pnpm engines up');
      return 1;
    }
    const environment = environmentOf(state);
    console.log(json ? JSON.stringify(environment) : exportsOf(environment));
    return 0;
  },
};

function table(parts: readonly PartStatus[]): string {
  return parts
    .map(({ name, url, state, pid, memory }) => {
      const held = memory === undefined ? '' : `${(memory / 1e6).toFixed(0)} MB`;
      return `${name.padEnd(7)}${state.padEnd(8)}${url.padEnd(26)}${`pid ${pid ?? '-'}`.padEnd(14)}${held}`;
    })
    .join('\n');
}
