import type { StreamRecord } from '../../record/stream-record.ts';
import type { WindowState } from '../stream/checkpoint.ts';
import type { DeliveryWindow } from './delivery.ts';
import { invoke } from './invoke.ts';
import { backOff, type ShardContext } from './shard-context.ts';

/** The largest state of a window, as JSON. @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html */
const stateBytes = 1 << 20;

/** The tumbling windows of a shard: by arrival, one after the other, with the state that the handler returned last. */
export class TumblingWindow {
  private readonly context: ShardContext;
  private readonly ms: number;

  constructor(context: ShardContext) {
    this.context = context;
    this.ms = context.settings.tumblingWindow * 1000;
  }

  /** The time at which the open window ends, in milliseconds since 1970. */
  get end(): number | undefined {
    const { window } = this.context.progress;
    return window && window.start + this.ms;
  }

  /** Whether a record is of a later window than the open one. One that seems older belongs to the open one: windows never open again. */
  isBeyond(record: StreamRecord): boolean {
    const { end } = this;
    return end !== undefined && (record.arrivedAt?.getTime() ?? 0) >= end;
  }

  /** Opens the window of a record, unless one is open. */
  open(record: StreamRecord): void {
    const arrived = record.arrivedAt?.getTime() ?? this.context.clock.now();
    this.context.progress.window ??= { start: arrived - (arrived % this.ms), state: {} };
  }

  /** What a delivery says about the open window. */
  describe(told: Partial<Pick<DeliveryWindow, 'isFinal' | 'isTerminatedEarly'>> = {}): DeliveryWindow {
    const { start = 0, state = {} } = this.context.progress.window ?? {};
    const range = { start: new Date(start), end: new Date(start + this.ms) };
    return { ...range, state, isFinal: false, isTerminatedEarly: false, ...told };
  }

  /** Keeps the state that the handler returned. A state that is too large ends the window early. */
  async keep(state: WindowState): Promise<void> {
    const { progress } = this.context;
    if (!progress.window) return;
    progress.window = { ...progress.window, state };
    if (Buffer.byteLength(JSON.stringify(state)) <= stateBytes) return;
    if (await this.tell({ isTerminatedEarly: true })) progress.window = { ...progress.window, state: {} };
  }

  /** Delivers the end of the open window, and forgets it. */
  async close(): Promise<void> {
    const { progress } = this.context;
    if (!progress.window) return;
    if (!(await this.tell({ isFinal: true }))) return;
    progress.window = undefined;
    await progress.save();
  }

  /** Invokes the handler without records until it succeeds: nothing of the shard is delivered before. False when stopped. */
  private async tell(told: Partial<DeliveryWindow>): Promise<boolean> {
    for (let retry = 0; !this.context.stop.aborted; retry += 1) {
      const { outcome } = await invoke(this.context, [], retry, this.describe(told));
      if (outcome.isDone) return true;
      await backOff(this.context, retry);
    }
    return false;
  }
}
