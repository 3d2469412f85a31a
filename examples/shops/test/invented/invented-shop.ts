import type { PlainEvent, PlainShop } from '@headwater/reference-answers';

/** A row that the load must quarantine: the line of its file, and the reason for each column. */
export interface RefusedLine {
  readonly file: string;
  readonly line: number;
  /** As loads report them: `column:code`. */
  readonly reasons: readonly string[];
}

/** The files that a made-up shop exports, and the events that they mean. */
export interface InventedShop {
  /** The raw files, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** The events that are in the lake afterwards. */
  readonly meant: PlainShop;
  readonly rowsIn: number;
  readonly duplicates: number;
  /** Rows that the definition filters out. */
  readonly leftOut: number;
  readonly refused: readonly RefusedLine[];
  /** Rows whose key the lookup table does not have. */
  readonly unmatched: number;
  /** Bad values that become null, including those of duplicates. */
  readonly nulled: number;
}

/** The seed of a generated shop, and its number of visits. */
export interface InventedSize {
  readonly seed: number;
  readonly visits: number;
}

/** Writes the lines of one file, and keeps count of what becomes of them. */
export class RawFile {
  readonly name: string;
  readonly lines: string[] = [];
  readonly refused: RefusedLine[] = [];
  readonly events: PlainEvent[] = [];
  rowsIn = 0;
  duplicates = 0;
  leftOut = 0;
  unmatched = 0;
  nulled = 0;

  constructor(name: string, header?: string) {
    this.name = name;
    if (header !== undefined) this.lines.push(header);
  }

  /** A line that becomes these events. */
  accept(line: string, ...events: readonly PlainEvent[]): void {
    this.lines.push(line);
    this.events.push(...events);
    this.rowsIn += Math.max(events.length, 1);
  }

  /** A line that becomes no event, for these reasons. */
  refuse(line: string, ...reasons: readonly string[]): void {
    this.lines.push(line);
    this.refused.push({ file: this.name, line: this.lines.length, reasons });
    this.rowsIn += 1;
  }

  /** A line that equals an earlier one, in so many rows. */
  repeat(line: string, rows = 1): void {
    this.lines.push(line);
    this.duplicates += rows;
    this.rowsIn += rows;
  }

  /** A line that the definition filters out. */
  leave(line: string): void {
    this.lines.push(line);
    this.leftOut += 1;
    this.rowsIn += 1;
  }

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

/** The files of a shop together. */
export function shopOf(files: readonly RawFile[], shop: Omit<PlainShop, 'events'>): InventedShop {
  const sum = (count: (file: RawFile) => number) => files.reduce((total, file) => total + count(file), 0);
  return {
    files: Object.fromEntries(files.map((file) => [file.name, file.text])),
    meant: { ...shop, events: files.flatMap(({ events }) => events) },
    rowsIn: sum(({ rowsIn }) => rowsIn),
    duplicates: sum(({ duplicates }) => duplicates),
    leftOut: sum(({ leftOut }) => leftOut),
    unmatched: sum(({ unmatched }) => unmatched),
    nulled: sum(({ nulled }) => nulled),
    refused: files.flatMap(({ refused }) => refused),
  };
}
