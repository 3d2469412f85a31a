import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';

/** A file for a load to find. */
export interface OddFile {
  readonly format: 'csv' | 'jsonl';
  /** Below some folder: folders and the file's name. */
  readonly path: string;
  /** What it holds, unpacked. */
  readonly plain: Buffer;
  /** What is on the disk. */
  readonly stored: Buffer;
}

const pieces = [
  'a',
  'b',
  ' ',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\\',
  '\0',
  '\x1f',
  '\x01\x02\x03\x04',
  "'",
  '#',
  'é',
  '€',
  '🛒',
  '\ufeff',
  '\u00a0',
  '-',
  '{',
  '[',
  '\r',
];
const someText = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
const time = fc.constantFrom(
  '2019-10-01 00:00:00',
  '2019-10-01T23:59:59.999Z',
  '2019-10-02 00:00:00 UTC',
  '',
  'soon',
);
const id = fc.constantFrom('1', '2', '-9223372036854775808', '9223372036854775808', '7.0', '', ' 3 ');
const amount = fc.constantFrom(
  '1.5',
  '0.00005',
  '1e-7',
  '1234567890123456.7891',
  '',
  '.5',
  '99999999999999999',
);
const bytes = fc.uint8Array({ maxLength: 30 }).map((array) => Buffer.from(array));
const trap = fc.constantFrom(10, 13, 34, 44, 0, 0xef, 0xbb, 0xbf, 0xc3, 0x80, 0x1f, 32, 97);
const trapBytes = fc.array(trap, { maxLength: 30 }).map((array) => Buffer.from(array));

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const field = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 4, arbitrary: value.map(quoted) },
    { weight: 1, arbitrary: value.map((text) => ` ${quoted(text)}  `) },
    { weight: 1, arbitrary: value.map((text) => ` "${text}`) },
    { weight: 1, arbitrary: someText },
  );
const csvRow = fc
  .tuple(
    field(time),
    field(id),
    field(someText),
    field(amount),
    fc.constantFrom('', '', '', ',', ',,', ',x', ',""'),
  )
  .map(([at, key, note, sum, more]) => Buffer.from(`${at},${key},${note},${sum}${more}`));
const csvHeader = fc.oneof(
  { weight: 12, arbitrary: fc.constant('at,id,note,amount') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '"at","id","note","amount"',
      ' At , ID,note , "amount"',
      'at,id,note,amount,Note',
      'Note,at,id,note',
      'id,at',
      'at,id,note,"amount',
      'at,id,"no "te"',
      'at,id,note,amount,"x,y',
      '\ufeffat,id,note,amount',
      'at,note',
      '',
    ),
  },
);

const jsonNumber = fc.oneof(
  fc.constantFrom(
    '1',
    '-0',
    '12.50',
    '1e2',
    '1E-7',
    '0.1',
    '1.0000000000000000015',
    '1234567890123456.7891',
    '9223372036854775808',
    '5.0',
    '1e400',
    '01',
    '1.',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(40))
    .map(([whole, part]) => `${whole}.${part}`),
);
const jsonString = fc.oneof(
  someText.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"\\ud83d"',
    '"\\ud83d\\ude00"',
    '"\\u0000"',
    '"#1"',
    '"{"',
    '"a\tb"',
    '"1e-7"',
    '"12.50"',
    '"\\x"',
  ),
);
const jsonValue = fc.oneof(
  jsonNumber,
  jsonString,
  fc.constantFrom(
    'null',
    'true',
    'false',
    '{}',
    '[1]',
    '{"note":1}',
    '{"amount":1.0}',
    'NaN',
    'Infinity',
    'nope',
  ),
);
const member = fc.oneof(
  time.map((text) => `"at":${JSON.stringify(text)}`),
  fc
    .tuple(
      fc.constantFrom('"id"', '"note"', '"amount"', '"Note"', '"x"', '"no\\u0074e"'),
      fc.constantFrom(':', ': ', ' : '),
      jsonValue,
    )
    .map((parts) => parts.join('')),
);
const jsonRow = fc
  .tuple(
    fc.constantFrom(
      '{"at":"2019-10-01T00:00:00Z","id":1',
      '{ "at": "2019-10-02 01:00:00", "id": "2"',
      '{"id":3',
    ),
    fc.array(member, { maxLength: 4 }),
    fc.constantFrom('}', '}', '} ', ',}', ''),
  )
  .map(([start, members, end]) => Buffer.from([start, ...members].join(',') + end));

const ends = fc.constantFrom('\n', '\r\n', '\r\r\n', '\r');
/** Lines with one kind of end, or each with its own; the last with or without. */
const joined = (lines: fc.Arbitrary<Buffer[]>): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      lines,
      fc.oneof(
        { weight: 4, arbitrary: ends.map((end) => [end]) },
        { weight: 1, arbitrary: fc.array(ends, { minLength: 1 }) },
      ),
      fc.boolean(),
    )
    .map(([all, kinds, isEnded]) =>
      Buffer.concat(
        all.flatMap((line, index) => {
          const end = Buffer.from(kinds[index % kinds.length] ?? '\n');
          return index === all.length - 1 && !isEnded ? [line] : [line, end];
        }),
      ),
    );
const someLines = (row: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: row },
      { weight: 1, arbitrary: bytes },
      { weight: 1, arbitrary: trapBytes },
      { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
    ),
    { maxLength: 25 },
  );
const csvBytes = joined(
  fc.tuple(csvHeader, someLines(csvRow)).map(([header, lines]) => [Buffer.from(header), ...lines]),
);
const jsonBytes = joined(someLines(jsonRow));

/** Cuts bytes in pieces at these places. */
const cut = (plain: Buffer, places: readonly number[]): Buffer[] => {
  const at = [0, ...places.map((place) => place % (plain.length + 1)), plain.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => plain.subarray(at[index], end));
};
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
type Packing = readonly [ending: string, pack: (plain: Buffer) => Buffer];
const packing: fc.Arbitrary<Packing> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Packing>(['', (plain) => plain]) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.nat())
      .map<Packing>((places) => [
        '.gz',
        (plain) => Buffer.concat(cut(plain, places).map((piece) => gzipSync(piece))),
      ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.nat())
      .map<Packing>((places) => [
        '.zst',
        (plain) =>
          Buffer.concat(
            cut(plain, places).flatMap((piece, index) =>
              index % 2 ? [skippable, zstdCompressSync(piece)] : [zstdCompressSync(piece)],
            ),
          ),
      ]),
  },
);

const folders = fc.constantFrom(
  '',
  '',
  'plain',
  'id=9',
  'note=x/at=2020-01-01',
  'line=a',
  'c2=x/r1=9/t0=z',
  'x[1]',
  'q*',
  'dt=NULL',
  'é 🛒',
  "it's",
);
const names = fc.constantFrom('a', 'part[0]', 'b*', '~c', 'd=e', '?', 'f g');

const mark = Buffer.from('\ufeff');
const marked = (plain: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: 1, arbitrary: plain.map((bytes) => Buffer.concat([mark, bytes])) },
  );

/** Files of bytes that may be anything, mostly nearly right. */
export const oddFile: fc.Arbitrary<OddFile> = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constant('csv' as const), marked(csvBytes)),
      fc.tuple(fc.constant('jsonl' as const), marked(jsonBytes)),
    ),
    packing,
    folders,
    names,
  )
  .map(([[format, plain], [ending, pack], folder, name]) => ({
    format,
    path: `${folder}${folder && '/'}${name}.${format}${ending}`,
    plain,
    stored: pack(plain),
  }));
