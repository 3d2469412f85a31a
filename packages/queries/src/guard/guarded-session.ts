import type { LakeSession } from '../session/lake-engine.ts';
import type { QueryOptions, QueryText } from '../session/query.ts';
import { GuardedDialect } from './guarded-dialect.ts';
import type { OpenQuery } from './open-queries.ts';
import type { QueryGuard } from './query-guard.ts';

/** A result that is read in batches. */
interface BatchStream<Batch> {
  batches(): AsyncIterableIterator<Batch>;
}

/** A session whose queries pass the guard, whether they come as text, as rows or as Arrow. */
export function guardedSession(session: LakeSession, guard: QueryGuard): LakeSession {
  return {
    ...session,
    dialect: new GuardedDialect(session.dialect, guard),
    readOnly: (query, options) =>
      guardedStream(guard, query, options, (admitted) => session.readOnly(query, admitted)),
    arrow: (query, options) =>
      guardedStream(guard, query, options, (admitted) => session.arrow(query, admitted)),
  };
}

/** A stream that is admitted and started at the call. It ends when its batches have been read or left. */
async function guardedStream<Batch, Stream extends BatchStream<Batch>>(
  guard: QueryGuard,
  query: QueryText,
  given: QueryOptions | undefined,
  begin: (options: QueryOptions) => Promise<Stream>,
): Promise<Stream> {
  const open = guard.queries.begin(given);
  try {
    const { options } = await guard.admit(query, open.options);
    const first = await guard.withPresentFiles(() => begin(options));
    open.isUnread = true;
    return { ...first, batches: () => batchesOf(guard, open, first, () => begin(options)) };
  } catch (error) {
    open.end();
    throw error;
  }
}

async function* batchesOf<Batch>(
  guard: QueryGuard,
  open: OpenQuery,
  first: BatchStream<Batch>,
  begin: () => Promise<BatchStream<Batch>>,
): AsyncIterableIterator<Batch> {
  open.isUnread = false;
  let begun: BatchStream<Batch> | undefined = first;
  try {
    yield* guard.streamPresentFiles(async () => {
      const stream = begun ?? (await begin());
      begun = undefined;
      return stream.batches();
    });
  } finally {
    open.end();
  }
}
