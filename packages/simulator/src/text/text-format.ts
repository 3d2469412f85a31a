/** Variations of a text file with the same rows. */
export interface TextDialect {
  /** Whether the file has a header line. Defaults to true. JSON Lines never have one. */
  readonly header?: boolean;
  /** Defaults to `lf`. */
  readonly lineEnd?: 'lf' | 'crlf';
  /** Whether the last line has a line end. Defaults to true. */
  readonly finalLineEnd?: boolean;
}

/** The parts of a row, in order: opening, time, event type, product, price, session, line end. */
export interface TextFormat {
  /** The line before the first row. Empty for none. */
  readonly header: string;
  /** The text before the time. The time has the form `2019-10-01 00:00:00 UTC`. */
  readonly opening: string;
  readonly eventType: (name: string) => string;
  /** The text of a product up to its price. Empty texts are missing values. */
  readonly product: (productId: number, categoryId: bigint, categoryCode: string, brand: string) => string;
  /** The text after the price, up to the line end. */
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

/** Text formats by name. Ids of 19 digits are JSON strings, because most readers would round JSON numbers. */
const textFormats = {
  csv: {
    header: columnNames.join(','),
    opening: '',
    eventType: (name) => `,${name},`,
    product: (productId, categoryId, categoryCode, brand) =>
      `${productId},${categoryId},${categoryCode},${brand},`,
    session: (userId, userSession) => `,${userId},${userSession}`,
  },
  jsonl: {
    header: '',
    opening: '{"event_time":"',
    eventType: (name) => `","event_type":"${name}",`,
    product: (productId, categoryId, categoryCode, brand) =>
      `"product_id":${productId},"category_id":"${categoryId}","category_code":${json(categoryCode)},"brand":${json(brand)},"price":`,
    session: (userId, userSession) => `,"user_id":"${userId}","user_session":${json(userSession)}}`,
  },
} satisfies Record<string, TextFormat>;

export type TextFormatName = keyof typeof textFormats;

const lineEnds = { lf: '\n', crlf: '\r\n' } as const;

/** The line end of a dialect. */
export const lineEndOf = (dialect: TextDialect): string => lineEnds[dialect.lineEnd ?? 'lf'];

/** A format with a dialect: the header and the session include the line end. */
export function textFormatOf(name: TextFormatName, dialect: TextDialect): TextFormat {
  const format: TextFormat = textFormats[name];
  const lineEnd = lineEndOf(dialect);
  return {
    ...format,
    header: format.header && (dialect.header ?? true) ? format.header + lineEnd : '',
    session: (userId, userSession) => format.session(userId, userSession) + lineEnd,
  };
}
