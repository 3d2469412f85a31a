import type { Console } from '../output/console.ts';
import { grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import { printSummary } from '../stream/run/print-summary.ts';
import { createLiveView, type LiveView } from '../stream/view/live-view.ts';
import { printChecked } from './print-checked.ts';
import type { LiveDemoAnswer, LiveDemoPart } from './run-live-demo.ts';

let view: LiveView | undefined;

/** Prints a part of the live demo for people. */
export async function printLiveDemoPart(part: LiveDemoPart, console: Console): Promise<void> {
  const { print, style } = console;
  switch (part.kind) {
    case 'streaming':
      return print(
        `${style('bold', 'Streaming')} two days of a shop, ${grouped(part.speed)} times as fast as they happen, with a flash sale, an advertisement and attackers among the shoppers. Ctrl-C ends it.\n`,
      );
    case 'moment':
      view ??= createLiveView(console);
      return view.show(part.figures);
    case 'streamed':
      view?.end();
      view = undefined;
      await print();
      return printSummary(console, part.summary, { lake: part.summary.lake, table: part.summary.table });
  }
}

/** Prints the end of the live demo for people: who attacked and was found, what the lake says of the same events, and what to try next. */
export async function printLiveDemo({ data }: LiveDemoAnswer, console: Console): Promise<void> {
  const { print, style, write } = console;
  const { checked, compared, next } = data;
  if (checked.attacks.length > 0) await printChecked(checked, console);
  if (compared.length > 0) {
    await print(`\n${style('bold', 'The lake, asked for the same')}`);
    await write(
      tableText(
        [
          { title: '' },
          { title: 'stream', align: 'right' },
          { title: 'lake', align: 'right' },
          { title: '' },
        ],
        compared.map(({ name, stream, lake, isEqual }) => [
          name,
          grouped(stream),
          grouped(lake),
          isEqual ? style('green', 'equal') : style('red', 'differs'),
        ]),
        console,
      ),
    );
  }
  await print(`\n${style('bold', 'Try next')}`);
  for (const line of next) await print(`  ${line}`);
}
