import { appendFile, mkdir, open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { csvLine, parseCsv, type ResultValue } from './result-csv.ts';

/** Rows between two stored offsets in the file. */
const stride = 1000;

/** Characters buffered before they are written. */
const bufferSize = 1 << 20;

/**
 * A result on disk in Athena's CSV form, of any length: written row by row, read page by page. Memory holds one buffer,
 * and an offset for every thousandth row.
 */
export class ResultFile {
  readonly path: string;
  readonly #places: number[] = [];
  #buffer: string[] = [];
  #buffered = 0;
  #bytes = 0;
  #rows = 0;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(path: string): Promise<ResultFile> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    return new ResultFile(path);
  }

  /** Rows written. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes written. */
  get bytes(): number {
    return this.#bytes;
  }

  async write(rows: Iterable<readonly ResultValue[]>): Promise<void> {
    for (const row of rows) {
      if (this.#rows % stride === 0) this.#places.push(this.#bytes);
      const line = csvLine(row);
      this.#rows += 1;
      this.#bytes += Buffer.byteLength(line);
      this.#buffer.push(line);
      this.#buffered += line.length;
      if (this.#buffered > bufferSize) await this.flush();
    }
  }

  /** Writes what is still buffered. */
  async flush(): Promise<void> {
    const text = this.#buffer.join('');
    this.#buffer = [];
    this.#buffered = 0;
    if (text !== '') await appendFile(this.path, text);
  }

  /** At most `count` rows, from row number `from` on, counted from 0. */
  async read(from: number, count: number): Promise<readonly ResultValue[][]> {
    const first = Math.floor(from / stride);
    const beyond = Math.floor((from + count - 1) / stride) + 1;
    const start = this.#places[first];
    if (start === undefined) return [];
    const length = (this.#places[beyond] ?? this.#bytes) - start;
    // Opened for each page: there may be thousands of results, and the number of open files is limited.
    const file = await open(this.path);
    const { buffer, bytesRead } = await file
      .read({ buffer: Buffer.alloc(length), position: start, length })
      .finally(() => file.close());
    const rows = parseCsv(buffer.toString('utf8', 0, bytesRead));
    return rows.slice(from - first * stride, from - first * stride + count);
  }
}
