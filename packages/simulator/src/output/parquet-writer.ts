import { zstdCompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { eventTypes } from '../event-types.ts';
import type { Simulation } from '../simulation.ts';
import { uuidText } from '../text/uuid-text.ts';
import type { EventSink } from './event-sink.ts';

const rowGroupSize = 100_000;
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
const required = { repetition_type: 'REQUIRED' } as const;
const optional = { repetition_type: 'OPTIONAL' } as const;

const schema: SchemaElement[] = [
  { name: 'root', num_children: 9 },
  { name: 'event_time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', ...required },
  { name: 'event_type', ...text, ...required },
  { name: 'product_id', type: 'INT64', ...required },
  { name: 'category_id', type: 'INT64', ...required },
  { name: 'category_code', ...text, ...optional },
  { name: 'brand', ...text, ...optional },
  { name: 'price', type: 'INT64', converted_type: 'DECIMAL', precision: 10, scale: 2, ...required },
  { name: 'user_id', type: 'INT64', ...required },
  { name: 'user_session', ...text, ...optional },
];

/** The values of one row group, by column. */
class RowGroup {
  readonly eventTime = new BigInt64Array(rowGroupSize);
  readonly eventType: string[] = [];
  readonly productId = new BigInt64Array(rowGroupSize);
  readonly categoryId = new BigInt64Array(rowGroupSize);
  readonly categoryCode: (string | null)[] = [];
  readonly brand: (string | null)[] = [];
  readonly price: bigint[] = [];
  readonly userId = new BigInt64Array(rowGroupSize);
  readonly userSession: (string | null)[] = [];
  rows = 0;
  /** Rendered identifiers of the open sessions, by slot. */
  private readonly texts: { serial: number; user: bigint; session: string | null }[] = [];

  add(simulation: Simulation): void {
    const { catalogue, product, slot, slots } = simulation;
    const row = this.rows++;
    const category = catalogue.categories[catalogue.categoryOf[product] ?? 0];
    const serial = slots.serial[slot] ?? 0;
    let ids = this.texts[slot];
    if (ids?.serial !== serial) {
      const user = BigInt(simulation.userIds.textOf(slots.user[slot] ?? 0));
      ids = { serial, user, session: uuidText(slots.uuid, slot) || null };
      this.texts[slot] = ids;
    }
    this.eventTime[row] = BigInt(simulation.second) * 1000n;
    this.eventType[row] = eventTypes[simulation.type] ?? 'view';
    this.productId[row] = BigInt(catalogue.productIds[product] ?? 0);
    this.categoryId[row] = category?.id ?? 0n;
    this.categoryCode[row] = category?.code || null;
    this.brand[row] = catalogue.brands[product] || null;
    this.price[row] = BigInt(simulation.prices.cents[product] ?? 0);
    this.userId[row] = ids.user;
    this.userSession[row] = ids.session;
  }

  columns(): { name: string; data: bigint[] | BigInt64Array | (string | null)[] }[] {
    const { rows } = this;
    return [
      { name: 'event_time', data: this.eventTime.slice(0, rows) },
      { name: 'event_type', data: this.eventType.slice(0, rows) },
      { name: 'product_id', data: this.productId.slice(0, rows) },
      { name: 'category_id', data: this.categoryId.slice(0, rows) },
      { name: 'category_code', data: this.categoryCode.slice(0, rows) },
      { name: 'brand', data: this.brand.slice(0, rows) },
      { name: 'price', data: this.price.slice(0, rows) },
      { name: 'user_id', data: this.userId.slice(0, rows) },
      { name: 'user_session', data: this.userSession.slice(0, rows) },
    ];
  }
}

/**
 * Writes all rows as Parquet (zstd), one row group after the other: only the current group is in memory.
 *
 * @param afterGroup called between row groups; may throw to stop
 */
export async function writeParquet(
  simulation: Simulation,
  sink: EventSink,
  afterGroup: () => void,
): Promise<void> {
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema,
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'headwater simulator',
  });
  // The writer keeps its offset. Its memory goes to the sink and is then reused.
  const drain = async (): Promise<void> => {
    await sink.write(new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  const group = new RowGroup();
  for (let more = true; more; ) {
    group.rows = 0;
    while (group.rows < rowGroupSize) {
      more = simulation.advance();
      if (!more) break;
      group.add(simulation);
    }
    if (group.rows > 0) await parquet.write({ columnData: group.columns(), rowGroupSize });
    await drain();
    afterGroup();
  }
  await parquet.finish();
  await drain();
}
