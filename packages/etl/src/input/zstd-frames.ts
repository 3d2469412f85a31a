/** How many of the next bytes are passed on unread, or are needed to go on. `null` ends a frame. */
type Step = { readonly pass: number } | { readonly read: number } | null;

const skippableMagic = 0x184d2a5;
const frameMagic = 0xfd2fb528;
const contentSizeBytes = [0, 2, 4, 8] as const;
const dictionaryIdBytes = [0, 1, 2, 4] as const;

/** The frames of a zstd file (https://www.rfc-editor.org/rfc/rfc8878#section-3.1), from their sizes alone. */
function* frames(): Generator<Step, never, Buffer> {
  for (;;) {
    const magic = (yield { read: 4 }).readUInt32LE();
    if (magic >>> 4 === skippableMagic) yield { pass: (yield { read: 4 }).readUInt32LE() };
    else if (magic === frameMagic) yield* frameContent();
    // Not zstd: the decompressor reports it.
    else yield { pass: Number.POSITIVE_INFINITY };
    yield null;
  }
}

function* frameContent(): Generator<Step, void, Buffer> {
  const descriptor = (yield { read: 1 }).readUInt8();
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const contentSize = contentSizeBytes[(descriptor >> 6) as 0 | 1 | 2 | 3] || (isSingleSegment ? 1 : 0);
  yield {
    pass: (isSingleSegment ? 0 : 1) + dictionaryIdBytes[(descriptor & 3) as 0 | 1 | 2 | 3] + contentSize,
  };
  for (;;) {
    const header = (yield { read: 3 }).readUIntLE(0, 3);
    // A block of one repeated byte has its length as its size.
    const isRepeated = ((header >> 1) & 3) === 1;
    yield { pass: isRepeated ? 1 : header >>> 3 };
    if (header & 1) break;
  }
  const hasChecksum = (descriptor & 4) !== 0;
  if (hasChecksum) yield { pass: 4 };
}

/**
 * Cuts a zstd file's chunks where its frames end. Node's decompressor drops what follows a frame in the chunk that ends it;
 * with each frame's end at the end of a chunk it reads all of them, and skippable and empty ones too.
 */
export async function* cutAtFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const steps = frames();
  let step: Step = steps.next().value;
  let passed = 0;
  let read = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let start = 0;
    let at = 0;
    while (at < chunk.length || step === null) {
      if (step === null) {
        if (at > start) yield chunk.subarray(start, at);
        start = at;
        step = steps.next(read).value;
      } else if ('pass' in step) {
        const count = Math.min(step.pass - passed, chunk.length - at);
        at += count;
        passed += count;
      } else {
        const more = chunk.subarray(at, at + step.read - read.length);
        at += more.length;
        read = Buffer.concat([read, more]);
      }
      // Steps of no bytes end at once.
      while (step !== null && ('pass' in step ? passed === step.pass : read.length === step.read)) {
        const bytes = read;
        passed = 0;
        read = Buffer.alloc(0);
        step = steps.next(bytes).value;
      }
    }
    if (at > start) yield chunk.subarray(start, at);
  }
}
