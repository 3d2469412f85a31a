import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PathStep, parsePath, pathText } from '../../src/table/nested-path.ts';

const member = (name: string): PathStep => ({ step: 'member', name });

test.each<[string, readonly PathStep[]]>([
  ['total', [member('total')]],
  ['properties.order.total', [member('properties'), member('order'), member('total')]],
  ['items[].price', [member('items'), { step: 'each' }, member('price')]],
  ['items[#]', [member('items'), { step: 'number' }]],
  ['tags[]', [member('tags'), { step: 'each' }]],
  [
    'contexts[0][12].url',
    [member('contexts'), { step: 'element', index: 0 }, { step: 'element', index: 12 }, member('url')],
  ],
  [
    'event_params[key=ga_session_id].value.int_value',
    [
      member('event_params'),
      { step: 'first', name: 'key', text: 'ga_session_id' },
      member('value'),
      member('int_value'),
    ],
  ],
  [
    'contexts.data[schema=iglu:com.example/product/jsonschema/1-0-0].data',
    [
      member('contexts'),
      member('data'),
      { step: 'first', name: 'schema', text: 'iglu:com.example/product/jsonschema/1-0-0' },
      member('data'),
    ],
  ],
  ['"page view"."a.b"', [member('page view'), member('a.b')]],
  ['a["some key"="x]y"]', [member('a'), { step: 'first', name: 'some key', text: 'x]y' }]],
  ['Größe.価格', [member('Größe'), member('価格')]],
])('%s', (text, steps) => {
  expect(parsePath(text)).toEqual(steps);
  expect(pathText(steps)).toBe(text);
});

test('a path is written so that it reads as the same steps', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .filter((text) => !/["\\*\p{Cc}]/u.test(text));
  const text = fc.string({ minLength: 1, maxLength: 6 }).filter((some) => !/["\p{Cc}]/u.test(some));
  const selector = fc.oneof(
    fc.record({ step: fc.constant('element' as const), index: fc.nat(999_999_999) }),
    fc.record({ step: fc.constant('first' as const), name, text }),
    fc.constant({ step: 'each' as const }),
    fc.constant({ step: 'number' as const }),
  );
  const one = fc
    .tuple(name, fc.array(selector, { maxLength: 2 }))
    .map(([first, rest]): PathStep[] => [member(first), ...rest]);
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (parts) => {
      const steps = parts.flat();
      expect(parsePath(pathText(steps))).toEqual(steps);
    }),
  );
});
