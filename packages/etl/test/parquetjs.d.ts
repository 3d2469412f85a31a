// parquetjs has no types of its own; this is the part of it that the interoperability suite uses.
declare module 'parquetjs' {
  export class ParquetSchema {
    constructor(fields: Readonly<Record<string, { type: string; optional?: boolean }>>);
  }
  export class ParquetWriter {
    static openFile(schema: ParquetSchema, path: string): Promise<ParquetWriter>;
    appendRow(row: object): Promise<void>;
    close(): Promise<void>;
  }
  export class ParquetReader {
    static openFile(path: string): Promise<ParquetReader>;
    getCursor(): { next(): Promise<Record<string, unknown> | null> };
    close(): Promise<void>;
  }
}
