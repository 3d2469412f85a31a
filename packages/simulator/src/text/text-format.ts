/** How a text file may differ while its rows stay the same. */
export interface TextDialect {
  /** Whether the first line names the columns; true when not given. JSON Lines never have such a line. */
  readonly header?: boolean;
  /** `lf` when not given. */
  readonly lineEnd?: 'lf' | 'crlf';
  /** Whether the last line has a line end as well; true when not given. */
  readonly finalLineEnd?: boolean;
}

/** The parts a row is put together from, in order: opening, time, event type, product, price, session, line end. */
export interface TextFormat {
  /** The line before the first row; none when empty. */
  readonly header: string;
  /** What comes before the time, which is always `2019-10-01 00:00:00 UTC`. */
  readonly opening: string;
  readonly eventType: (name: string) => string;
  /** Everything about a product up to its price. Empty texts are missing values. */
  readonly product: (productId: number, categoryId: bigint, categoryCode: string, brand: string) => string;
  /** Everything after the price up to the line end. */
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

/** The characters that end a line of a dialect. */
export const lineEndOf = (dialect: TextDialect): string => lineEnds[dialect.lineEnd ?? 'lf'];

/** A format as a dialect writes it: header and session with the line end behind them. */
export function textFormatOf(name: TextFormatName, dialect: TextDialect): TextFormat {
  const format: TextFormat = textFormats[name];
  const lineEnd = lineEndOf(dialect);
  return {
    ...format,
    header: format.header && (dialect.header ?? true) ? format.header + lineEnd : '',
    session: (userId, userSession) => format.session(userId, userSession) + lineEnd,
  };
}
