import { describe, expect, it } from 'vitest';
import { reminderDefaults, reminderProblems } from '../../src/recommend/reminders-config.ts';

describe('reminderProblems', () => {
  it('accepts the defaults, and what turns a reminder off', () => {
    expect(reminderProblems(reminderDefaults)).toEqual([]);
    expect(reminderProblems({ abandonedCart: false, viewedTogether: { visits: 2 } })).toEqual([]);
    expect(reminderProblems({})).toEqual([]);
  });

  it.each([
    ['reminders', []],
    ['reminders.abandonedCarts', { abandonedCarts: {} }],
    ['reminders.abandonedCart', { abandonedCart: true }],
    ['reminders.abandonedCart.after', { abandonedCart: { after: '1h' } }],
    ['reminders.abandonedCart.minValue', { abandonedCart: { minValue: Number.NaN } }],
    ['reminders.viewedTogether.visits', { viewedTogether: { visits: 1 } }],
    ['reminders.viewedTogether.pairs', { viewedTogether: { pairs: 1 } }],
  ])('names %s', (field, value) => {
    expect(reminderProblems(value).map((one) => one.field)).toEqual([field]);
  });
});
