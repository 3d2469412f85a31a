import type { Output } from '../output/output.ts';
import type { AttackLabel } from './attack-label.ts';

/** Labels of one write. */
const labelsPerWrite = 1000;

/** Writes labels as JSON Lines. */
export class AttackLabelWriter {
  private readonly output: Output;
  private lines: string[] = [];

  constructor(output: Output) {
    this.output = output;
  }

  /** @returns a promise when the caller has to wait for the output */
  add(label: AttackLabel): Promise<void> | undefined {
    this.lines.push(`${JSON.stringify(label)}\n`);
    return this.lines.length < labelsPerWrite ? undefined : this.finish();
  }

  /** Writes what is not written yet. */
  async finish(): Promise<void> {
    const bytes = Buffer.from(this.lines.join(''));
    this.lines = [];
    await this.output.write(bytes);
  }
}
