import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, type WriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Archive, ArchiveCounts } from '../../src/local/run/archive.ts';
import type { RecordReader } from '../../src/record/record-reader.ts';
import { compareSequenceNumbers } from '../../src/record/sequence-number.ts';
import type { StreamRecord } from '../../src/record/stream-record.ts';

/** An archive in a file for each shard, one record a line, which settles duplicates at the end. It holds nothing in memory before. */
export class FileArchive implements Archive {
  /** Records that were given again. */
  again = 0;
  /** The hashes of the lines that are events, and those of the quarantine. Set by `flush`. */
  readonly events = new Set<string>();
  readonly quarantined = new Set<string>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'headwater-archive-'));
  private readonly files = new Map<string, WriteStream>();
  private readonly last = new Map<string, string>();
  private readonly read: RecordReader<unknown>;

  constructor(read: RecordReader<unknown>) {
    this.read = read;
  }

  async write(shard: string, records: readonly StreamRecord[]): Promise<void> {
    let file = this.files.get(shard);
    if (!file) {
      file = createWriteStream(join(this.folder, shard));
      this.files.set(shard, file);
    }
    let text = '';
    for (const { sequenceNumber, data } of records) {
      const last = this.last.get(shard);
      if (last !== undefined && compareSequenceNumbers(sequenceNumber, last) <= 0) {
        this.again += 1;
        continue;
      }
      this.last.set(shard, sequenceNumber);
      text += `${Buffer.from(data as Uint8Array).toString()}\n`;
    }
    if (!file.write(text)) await once(file, 'drain');
  }

  async flush(): Promise<ArchiveCounts> {
    const counts = { rows: 0, duplicates: 0, quarantined: 0, filtered: 0 };
    for (const [shard, file] of this.files) {
      file.end();
      await once(file, 'close');
      for await (const text of createInterface({ input: createReadStream(join(this.folder, shard)) })) {
        const key = hash('md5', text, 'base64');
        if (this.read({ data: Buffer.from(text), sequenceNumber: '0' }).kind !== 'event') {
          counts.quarantined += 1;
          this.quarantined.add(key);
        } else if (this.events.has(key)) counts.duplicates += 1;
        else {
          counts.rows += 1;
          this.events.add(key);
        }
      }
    }
    rmSync(this.folder, { recursive: true });
    return counts;
  }
}
