import { type AliasTable, createAliasTable } from '../random/alias-table.ts';
import { createRandom, type Random } from '../random/random.ts';
import { columnNames, type TextFormatName } from '../text/text-format.ts';
import { type DirtKind, type DirtKindName, dirtKinds, type RowFields } from './dirt-kinds.ts';

/** Damages a share of the rows of the output, and counts them by kind. */
export interface DirtLayer {
  readonly counts: Readonly<Partial<Record<DirtKindName, number>>>;
  /** Whether to damage the row just written. Call it once for each row. */
  isDue(): boolean;
  /** Rewrites the row from `from` to `end` and returns its new end. */
  damage(bytes: Buffer, from: number, end: number): number;
  /** Cuts the last line in the middle and returns the new end. */
  cutLast(bytes: Buffer, end: number): number;
}

const csvFields = (line: string): RowFields => {
  const values = line.split(',');
  return Object.fromEntries(columnNames.map((name, index) => [name, values[index] ?? '']));
};

/** Converts rows of each format to fields and back. Text is `latin1`, so that any byte can be inserted. */
const codecs: Record<TextFormatName, { read(line: string): RowFields; render(row: RowFields): string }> = {
  csv: { read: csvFields, render: (row) => columnNames.map((name) => row[name] ?? '').join(',') },
  jsonl: {
    read(line) {
      const row: unknown = JSON.parse(line);
      const price = /"price":([0-9.]+)/.exec(line)?.[1] ?? '';
      const texts = Object.entries(row ?? {}).map(([name, value]) => [
        name,
        value === null ? '' : String(value),
      ]);
      return { ...Object.fromEntries(texts), price };
    },
    render(row) {
      const value = (name: string): string => {
        const text = row[name] ?? '';
        if (text === '') return 'null';
        return name === 'price' || name === 'product_id' ? text : JSON.stringify(text);
      };
      return `{${columnNames.map((name) => `"${name}":${value(name)}`).join(',')}}`;
    },
  },
};

class Dirt implements DirtLayer {
  readonly counts: Partial<Record<DirtKindName, number>> = {};
  private readonly random: Random;
  private readonly threshold: number;
  private readonly format: TextFormatName;
  private readonly lineEnd: string;
  private readonly kinds: readonly (DirtKind & { readonly kind: DirtKindName })[];
  private readonly table: AliasTable;
  private last: { kind: DirtKindName; end: number } | undefined;

  constructor(seed: number, share: number, format: TextFormatName, lineEnd: string) {
    this.random = createRandom(seed, 4);
    this.threshold = share * 0x1_0000_0000;
    this.format = format;
    this.lineEnd = lineEnd;
    this.kinds = dirtKinds.filter((kind: DirtKind) => kind.formats.includes(format));
    this.table = createAliasTable(Float64Array.from(this.kinds, (kind) => kind.weight));
  }

  isDue(): boolean {
    return this.random.next() < this.threshold;
  }

  damage(bytes: Buffer, from: number, end: number): number {
    const kind = this.kinds[this.table.at(this.random.next(), this.random.next())];
    if (!kind) return end;
    this.count(kind.kind);
    const line = bytes.toString('latin1', from, end - this.lineEnd.length);
    const codec = codecs[this.format];
    let damaged = line;
    if (kind.fields) {
      const row = codec.read(line);
      kind.fields(row, this.random);
      damaged = codec.render(row);
    }
    if (kind.line) damaged = kind.line(damaged, this.random);
    const newEnd = from + bytes.write(damaged + this.lineEnd, from, 'latin1');
    this.last = { kind: kind.kind, end: newEnd };
    return newEnd;
  }

  cutLast(bytes: Buffer, end: number): number {
    const start = bytes.lastIndexOf(10, end - 2) + 1;
    if (end - start < 40) return end;
    // A row counts once, and the row that is cut off may already be counted as damaged.
    if (this.last?.end === end) this.counts[this.last.kind] = (this.counts[this.last.kind] ?? 1) - 1;
    this.count('cut_off_last_line');
    return start + 30;
  }

  private count(kind: DirtKindName): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }
}

/**
 * Creates the layer that makes a share of the rows dirty.
 *
 * @param share 0 to 1
 * @param lineEnd the line end. Damage does not change it
 */
export function createDirtLayer(
  seed: number,
  share: number,
  format: TextFormatName,
  lineEnd: string,
): DirtLayer {
  return new Dirt(seed, share, format, lineEnd);
}
