import { expect, test } from 'vitest';
import { assertEnumValues } from '../../src/table/assert-enum-values.ts';
import { trim } from '../../src/table/cleaning-step.ts';
import { trimText, whiteSpace } from '../../src/table/white-space.ts';

// A table knows steps as data alone, so it says again what white space is: the two have to agree on every code unit.
test.each([
  ['before', (space: string) => `${space}a`],
  ['after', (space: string) => `a${space}`],
])('a value is refused for what stands %s it when trimming takes that away, and not else', (_, valueWith) => {
  const refused = Array.from({ length: 0x10000 }, (_unit, point) => point).filter((point) => {
    const value = valueWith(String.fromCharCode(point));
    const assert = () => assertEnumValues('events', 'v', { kind: 'enum', values: [value] }, [trim()]);
    if (trimText(value) === value) {
      assert();
      return false;
    }
    expect(assert).toThrow('can never match: the trim step');
    return true;
  });
  expect(refused).toEqual(whiteSpace);
});
