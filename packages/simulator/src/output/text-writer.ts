import type { DirtLayer } from '../dirt/dirt-layer.ts';
import type { Simulation } from '../simulation.ts';
import { longestRow, RowText } from '../text/row-text.ts';
import { lineEndOf, type TextDialect, type TextFormatName, textFormatOf } from '../text/text-format.ts';
import type { EventSink } from './event-sink.ts';

const chunkSize = 1 << 20;

/**
 * Writes all rows as text. Two chunks alternate: one is filled while the other is being written. A slow output pauses the
 * simulation.
 *
 * @param afterChunk called between chunks; may throw to stop
 */
export async function writeText(
  simulation: Simulation,
  formatName: TextFormatName,
  dialect: TextDialect,
  sink: EventSink,
  dirt: DirtLayer | undefined,
  afterChunk: () => void,
): Promise<void> {
  const format = textFormatOf(formatName, dialect);
  const rows = new RowText(simulation, format);
  const chunks: readonly [Buffer, Buffer] = [Buffer.allocUnsafe(chunkSize), Buffer.allocUnsafe(chunkSize)];
  let pending: Promise<void> = Promise.resolve();
  let at = chunks[0].write(format.header, 'latin1');
  for (let turn = 0, more = true; more; turn++) {
    const chunk = chunks[turn % 2 === 0 ? 0 : 1];
    // Damage may make a row longer.
    const limit = chunkSize - 2 * longestRow;
    while (more && at < limit) {
      simulation.advance();
      more = simulation.remaining > 0;
      const end = rows.write(chunk, at);
      at = dirt?.isDue() ? dirt.damage(chunk, at, end) : end;
    }
    await pending;
    if (!more && dirt) at = dirt.cutLast(chunk, at);
    else if (!more && dialect.finalLineEnd === false) at -= lineEndOf(dialect).length;
    // The next `await` reports the failure of a pending write.
    pending = Promise.resolve(sink.write(chunk.subarray(0, at)));
    pending.catch(() => undefined);
    at = 0;
    afterChunk();
  }
  await pending;
  // One more step closes the open sessions.
  simulation.advance();
}
