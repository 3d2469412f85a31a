/** The parts a row is put together from, in order: opening, time, event type, product, price, session. */
export interface TextFormat {
  /** Bytes before the first row. */
  readonly header: string;
  /** What comes before the time, which is always `2019-10-01 00:00:00 UTC`. */
  readonly opening: string;
  readonly eventType: (name: string) => string;
  /** Everything about a product up to its price. Empty texts are missing values. */
  readonly product: (productId: number, categoryId: bigint, categoryCode: string, brand: string) => string;
  /** Everything after the price, line end included. */
  readonly session: (userId: string, userSession: string) => string;
}

/** The columns of every format, in order. */
export const columnNames = [
  'event_time',
  'event_type',
  'product_id',
  'category_id',
  'category_code',
  'brand',
  'price',
  'user_id',
  'user_session',
] as const;

const json = (text: string): string => (text === '' ? 'null' : JSON.stringify(text));

/** Text formats by name. Identifiers of 19 digits are JSON strings: as JSON numbers most readers would round them. */
export const textFormats = {
  csv: {
    header: `${columnNames.join(',')}\n`,
    opening: '',
    eventType: (name) => `,${name},`,
    product: (productId, categoryId, categoryCode, brand) =>
      `${productId},${categoryId},${categoryCode},${brand},`,
    session: (userId, userSession) => `,${userId},${userSession}\n`,
  },
  jsonl: {
    header: '',
    opening: '{"event_time":"',
    eventType: (name) => `","event_type":"${name}",`,
    product: (productId, categoryId, categoryCode, brand) =>
      `"product_id":${productId},"category_id":"${categoryId}","category_code":${json(categoryCode)},"brand":${json(brand)},"price":`,
    session: (userId, userSession) => `,"user_id":"${userId}","user_session":${json(userSession)}}\n`,
  },
} satisfies Record<string, TextFormat>;

export type TextFormatName = keyof typeof textFormats;
