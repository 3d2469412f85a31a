import type { LakeState } from '@headwater/core/internal';
import type { DaysRead, RollupPlace } from './rollup-place.ts';
import type { AnswerWriter, LakeSource } from './rollup-source.ts';

/** The writers of a refresh: one for a lake in a folder, one for each run of days on S3, whose files have to be here. */
export interface AnswerWriters {
  /** The writer over files of these days. It stays open until the next call. */
  over(days: DaysRead): Promise<AnswerWriter>;
  close(): void;
}

/** @param open undefined `LakeSource` for a writer that reads the lake where it is */
export function createAnswerWriters(
  place: RollupPlace,
  state: LakeState,
  {
    open,
    readsLake,
    signal,
  }: {
    open(source: LakeSource): Promise<AnswerWriter>;
    readsLake: boolean;
    signal: AbortSignal | undefined;
  },
): AnswerWriters {
  let opened: AnswerWriter | undefined;
  const close = (): void => {
    opened?.close();
    opened = undefined;
  };
  return {
    async over(days) {
      if (opened && (place.hasAllDays || !readsLake)) return opened;
      close();
      opened = await open(
        readsLake ? await place.source(state, days, signal) : { root: place.work.path(), state },
      );
      return opened;
    },
    close,
  };
}
