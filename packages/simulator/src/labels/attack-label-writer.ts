import type { Output } from '../output/output.ts';
import type { AttackLabel } from './attack-label.ts';

/** Labels of one write. */
const labelsPerWrite = 1000;

/** Writes labels as JSON Lines. */
export class AttackLabelWriter {
  private readonly output: Output;
  private lines: string[] = [];
  private pending: Promise<void> = Promise.resolve();

  constructor(output: Output) {
    this.output = output;
  }

  add(label: AttackLabel): void {
    this.lines.push(`${JSON.stringify(label)}\n`);
    if (this.lines.length >= labelsPerWrite) this.flush();
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
