import type { Output } from '../output/output.ts';
import type { BotLabel } from './bot-kinds.ts';

const timeOf = (second: number): string => {
  const text = new Date(second * 1000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
};

/** Writes ground truth as CSV, one line for each session of a bot, as the sessions end. */
export class LabelWriter {
  private readonly output: Output;
  private lines = ['user_session,user_id,kind,rows,first_event_time,last_event_time\n'];
  private pending: Promise<void> = Promise.resolve();

  constructor(output: Output) {
    this.output = output;
  }

  add(label: BotLabel): void {
    const times = `${timeOf(label.firstSecond)},${timeOf(label.lastSecond)}`;
    this.lines.push(`${label.userSession},${label.userId},${label.kind},${label.rows},${times}\n`);
    if (this.lines.length >= 10_000) this.flush();
  }

  async finish(): Promise<void> {
    this.flush();
    await this.pending;
  }

  private flush(): void {
    const bytes = Buffer.from(this.lines.join(''));
    this.lines = [];
    this.pending = this.pending.then(() => this.output.write(bytes));
    // `finish` reports the failure.
    this.pending.catch(() => undefined);
  }
}
