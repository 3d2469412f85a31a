import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, isHeadwaterError, timestamp } from '../../src/index.ts';
import { derivePartitionProjection, partitionProjectionProblems } from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';

const string = 'string';
const placeholder = (name: string) => `$\{${name}}`;

/** What is wrong with one key `k`, projected by these properties. */
function problemsOf(type: string, properties: Record<string, string>, now?: Date): string[] {
  const parameters = {
    'projection.enabled': 'true',
    ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [`projection.k.${name}`, value])),
  };
  const table = { parameters, keys: [{ name: 'k', type }] };
  return partitionProjectionProblems(table, now ? { now } : {});
}

test.each<[string, Record<string, string>]>([
  [string, { type: 'date', format: 'yyyy-MM-dd', range: '2019-10-01,NOW' }],
  [string, { type: ' DATE ', format: 'yyyy-MM-dd', range: 'NOW-3YEARS, NOW + 1 DAY ' }],
  [string, { type: 'date', format: 'yyyy/MM', range: '2019/10,2020/01' }],
  [
    'date',
    {
      type: 'date',
      format: 'yyyy-MM-dd',
      range: '2019-10-01,2019-10-01',
      interval: '7',
      'interval.unit': 'days',
    },
  ],
  [
    string,
    {
      type: 'date',
      format: "yyyy-MM-dd'T'HH",
      range: '2019-10-01T00,NOW',
      interval: '1',
      'interval.unit': 'HOURS',
    },
  ],
  [
    string,
    {
      type: 'date',
      format: 'yyyy-MM-dd-HH-mm-ss-SSS',
      range: '2019-10-01-00-00-00-000,NOW',
      interval: '100',
      'interval.unit': 'MILLIS',
    },
  ],
  // Names of months are not read here, and so not refused.
  [string, { type: 'date', format: 'dd-MMM-yyyy', range: '01-Oct-2019,NOW' }],
  ['int', { type: 'integer', range: '0,23', digits: '2' }],
  ['bigint', { type: 'integer', range: '-9223372036854775808,9223372036854775807', interval: '5' }],
  [string, { type: 'integer', range: '0001, 1500', digits: '4' }],
  [string, { type: 'enum', values: 'a,b,A' }],
  [string, { type: 'injected' }],
])('a %s key may be %j', (type, properties) => {
  expect(problemsOf(type, properties)).toEqual([]);
});

const day = { type: 'date', format: 'yyyy-MM-dd', range: '2019-10-01,NOW' };
const hour = { ...day, format: 'yyyy-MM-dd-HH', range: '2019-10-01-00,NOW' };
const number = { type: 'integer', range: '0,23' };

test.each<[string, string, Record<string, string>, string[]]>([
  ['no type', string, {}, ['k has no projection type']],
  [
    'another type',
    string,
    { type: 'list' },
    ['k has the unknown projection type "list"; expected date, integer, enum or injected'],
  ],
  [
    'a nested key',
    'array<string>',
    { type: 'enum', values: 'a' },
    ['k is array<string>, but a partition key must have a primitive type'],
  ],
  [
    'a property of another type',
    string,
    { ...day, digits: '2' },
    ['k has digits, which the type date does not use'],
  ],
  [
    'a property that is none',
    string,
    { ...day, ranges: '1' },
    ['k has ranges, which the type date does not use'],
  ],
  ['a date without all', string, { type: 'date' }, ['k has no format', 'k has no range']],
  [
    'a date without an end',
    string,
    { ...day, range: '2019-10-01' },
    ['k range "2019-10-01" is not two dates with a comma between them'],
  ],
  [
    'a date that does not exist',
    string,
    { ...day, range: '2019-02-29,NOW' },
    ['k range has "2019-02-29", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'a date in another format',
    string,
    { ...day, range: '2019/10/01,NOW' },
    ['k range has "2019/10/01", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'NOW in small letters',
    string,
    { ...day, range: '2019-10-01,now' },
    ['k range has "now", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'NOW with milliseconds',
    string,
    { ...day, range: '2019-10-01,NOW+5MILLISECONDS' },
    ['k range has "NOW+5MILLISECONDS", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'NOW without a number',
    string,
    { ...day, range: 'NOW-DAYS,NOW' },
    ['k range has "NOW-DAYS", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'NOW without a unit',
    string,
    { ...day, range: 'NOW-3,NOW' },
    ['k range has "NOW-3", which is neither a date in its format nor NOW with an offset'],
  ],
  [
    'a date after its end',
    string,
    { ...day, range: '2019-10-02,2019-10-01' },
    ['k range begins at 2019-10-02, after its end 2019-10-01'],
  ],
  [
    'NOW after NOW',
    string,
    { ...day, range: 'NOW,NOW-1MONTH' },
    ['k range begins at NOW, after its end NOW-1MONTH'],
  ],
  [
    'hours without an interval',
    string,
    hour,
    ['k format "yyyy-MM-dd-HH" does not end at days or months, so it needs interval and interval.unit'],
  ],
  [
    'hours without a unit',
    string,
    { ...hour, interval: '1' },
    ['k format "yyyy-MM-dd-HH" does not end at days or months, so it needs interval and interval.unit'],
  ],
  [
    'years without an interval',
    string,
    { ...day, format: 'yyyy', range: '2019,NOW' },
    ['k format "yyyy" does not end at days or months, so it needs interval and interval.unit'],
  ],
  [
    'another unit',
    string,
    { ...day, 'interval.unit': 'DAY' },
    ['k interval.unit "DAY" is not one of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS'],
  ],
  [
    'a unit that Java does not have',
    string,
    { ...day, interval: '1', 'interval.unit': 'MILLISECONDS' },
    [
      'k interval.unit "MILLISECONDS" is not one of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS',
    ],
  ],
  [
    'an interval of nothing',
    string,
    { ...day, interval: '0' },
    ['k interval "0" is not a positive whole number'],
  ],
  [
    'a letter that stands for nothing',
    string,
    { ...hour, format: 'yyyy-MM-ddTHH', range: 'NOW,NOW', interval: '1', 'interval.unit': 'HOURS' },
    [`k format "yyyy-MM-ddTHH" has the letter T, which is not a pattern letter; quote it: 'T'`],
  ],
  [
    'a quote that is open',
    string,
    { ...day, format: "yyyy-MM-dd'", range: 'NOW,NOW' },
    [`k format "yyyy-MM-dd'" has an unclosed quote`],
  ],
  ['a date in a boolean', 'boolean', day, ['k is boolean, which cannot store a date']],
  ['an integer without a range', 'int', { type: 'integer' }, ['k has no range']],
  [
    'an integer range of one',
    'int',
    { ...number, range: '23' },
    ['k range "23" is not two whole numbers with a comma between them'],
  ],
  [
    'an integer range of texts',
    'int',
    { ...number, range: '0,1e3' },
    ['k range "0,1e3" is not two whole numbers with a comma between them'],
  ],
  [
    'an integer range backwards',
    'int',
    { ...number, range: '23,0' },
    ['k range begins at 23, after its end 0'],
  ],
  [
    'an integer wider than its key',
    'tinyint',
    { ...number, range: '-129,127' },
    ['k range ends at -129, which does not fit 8 bits'],
  ],
  [
    'an integer wider than Java',
    string,
    { ...number, range: '0,9223372036854775808' },
    ['k range ends at 9223372036854775808, which does not fit 64 bits'],
  ],
  [
    'an integer wider than its digits',
    'int',
    { ...number, digits: '1' },
    ['k range has numbers of 2 digits, but digits is 1'],
  ],
  ['digits of nothing', 'int', { ...number, digits: '-2' }, ['k digits "-2" is not a positive whole number']],
  ['an integer in a date', 'date', number, ['k is date, which cannot store an integer']],
  ['an enum of nothing', string, { type: 'enum' }, ['k has no values']],
  ['an enum with gaps', string, { type: 'enum', values: 'a,,b' }, ['k has an empty value']],
  [
    'an enum with white space',
    string,
    { type: 'enum', values: 'a, b' },
    ['k value " b" has white space at its ends, which Athena does not trim'],
  ],
  ['an enum with one twice', string, { type: 'enum', values: 'a,b,a' }, ['k value "a" is listed twice']],
  [
    'an enum too large',
    string,
    { type: 'enum', values: Array.from({ length: 100_000 }, (_, n) => n + 100_000).join() },
    ['k values take 699999 characters, more than the maximum of 512000 for a parameter'],
  ],
  ['an injected number', 'int', { type: 'injected' }, ['k is int, but an injected key must be string']],
])('%s is named', (_, type, properties, expected) => {
  expect(problemsOf(type, properties)).toEqual(expected);
});

test('a beginning after today is named where the time is known', () => {
  const range = { ...day, range: '2030-01-01,NOW+1DAYS' };
  expect(problemsOf(string, range)).toEqual([]);
  expect(problemsOf(string, range, new Date('2030-01-01T00:00:00Z'))).toEqual([]);
  expect(problemsOf(string, range, new Date('2029-12-30T23:59:59Z'))).toEqual([
    'k range begins at 2030-01-01, after its end NOW+1DAYS',
  ]);
});

test('every problem of a table is named, not the first one', () => {
  const keys = [
    { name: 'dt', type: 'string' },
    { name: 'hour', type: 'int' },
    { name: 'kind', type: 'string' },
  ];
  const parameters = {
    'projection.enabled': 'no',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': 'NOW,yesterday',
    'projection.hour.type': 'integer',
    'projection.hour.range': '24,0',
    'projection.day.type': 'injected',
    'storage.location.template': `s3://lake/t/${placeholder('dt')}/${placeholder('day')}`,
  };
  expect(partitionProjectionProblems({ parameters, keys })).toEqual([
    'projection.enabled is not true',
    'dt range has "yesterday", which is neither a date in its format nor NOW with an offset',
    'hour range begins at 24, after its end 0',
    'kind has no projection type',
    'projection.day.type does not belong to a partition key',
    'storage.location.template does not end with a slash',
    `storage.location.template has no ${placeholder('hour')}`,
    `storage.location.template has no ${placeholder('kind')}`,
    `storage.location.template has ${placeholder('day')}, which is not a partition key`,
  ]);
  expect(partitionProjectionProblems({ parameters: {}, keys: [] })).toEqual([
    'projection.enabled is not true',
    'there is no partition key',
  ]);
});

const { schema } = defineEvents('t', {
  columns: { at: timestamp(), kind: z.enum(['view', 'cart']) },
  roles: { time: 'at' },
  partitionBy: { hour: true, columns: ['kind'] },
});

test('a key can be projected otherwise', () => {
  const parameters = derivePartitionProjection(schema, testTarget, {
    dt: { type: 'injected' },
    hour: { type: 'integer', range: [6n, 18], interval: 6, digits: 2 },
  });
  expect(parameters).toEqual({
    'projection.enabled': 'true',
    'projection.dt.type': 'injected',
    'projection.hour.type': 'integer',
    'projection.hour.range': '6,18',
    'projection.hour.interval': '6',
    'projection.hour.digits': '2',
    'projection.kind.type': 'enum',
    'projection.kind.values': 'view,cart',
    'storage.location.template': `s3://shop-lake/events/t/dt=${placeholder('dt')}/hour=${placeholder('hour')}/kind=${placeholder('kind')}/`,
  });
});

test('an override that breaks a rule is refused, with every rule', () => {
  try {
    derivePartitionProjection(schema, testTarget, {
      hour: { type: 'injected' },
      day: { type: 'injected' },
    });
    expect.unreachable();
  } catch (error) {
    if (!isHeadwaterError(error, 'PROJECTION_INVALID')) throw error;
    expect(error.payload).toEqual({
      table: 't',
      problems: [
        'hour is int, but an injected key must be string',
        'projection.day.type does not belong to a partition key',
      ],
    });
  }
});
