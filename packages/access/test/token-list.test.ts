import { bearerToken, isSameSecret, newToken, tokenDigest, tokenList } from '@headwater/access';
import { describe, expect, it } from 'vitest';

const expires = '2030-01-01T00:00:00Z';
const listed = (name: string, token: string) => ({ name, sha256: tokenDigest(token), expires });

describe('a list of tokens', () => {
  const tokens = [newToken('kpi_'), newToken('kpi_')] as const;
  const list = tokenList(tokens.map((token, at) => listed(`token-${at}`, token)));
  const before = Date.parse(expires) - 1;

  it('finds each token by itself, and no other', () => {
    expect(tokens.map((token) => list.find(token, before))).toMatchObject([
      { status: 'valid', token: { name: 'token-0' } },
      { status: 'valid', token: { name: 'token-1' } },
    ]);
    for (const wrong of [
      undefined,
      '',
      tokens[0].slice(0, -1),
      `${tokens[0]} `,
      tokenDigest(tokens[0]),
      '__proto__',
    ])
      expect(list.find(wrong, before)).toEqual({ status: 'unknown' });
  });

  it('finds a token as expired from its instant on', () => {
    expect(list.find(tokens[0], before).status).toBe('valid');
    expect(list.find(tokens[0], before + 1)).toMatchObject({ status: 'expired', token: { name: 'token-0' } });
    const never = tokenList([{ ...listed('broken', tokens[0]), expires: 'never' }]);
    expect(never.find(tokens[0], 0).status).toBe('expired');
  });

  it('has no token twice', () => {
    expect(() => tokenList([listed('one', tokens[0]), listed('two', tokens[0])])).toThrow('the token of one');
  });
});

it('a new token is random, and of 43 characters that an address and a header hold', () => {
  const made = Array.from({ length: 100 }, () => newToken('kpi_'));
  expect(new Set(made).size).toBe(100);
  for (const token of made) expect(token).toMatch(/^kpi_[\w-]{43}$/);
});

it.each([
  ['Bearer abc', 'abc'],
  ['bearer   abc ', 'abc'],
  ['BEARER a.b~c+d/e=', 'a.b~c+d/e='],
  [undefined, undefined],
  ['', undefined],
  ['Bearer ', undefined],
  ['Bearer a b', undefined],
  ['Bearer a, Bearer b', undefined],
  ['Basic abc', undefined],
  ['xBearer abc', undefined],
])('the header %j has the token %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

it.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'abcd', false],
  ['', 'a', false],
])('the secrets %j and %j: %s', (one, other, isSame) => {
  expect(isSameSecret(one, other)).toBe(isSame);
});
