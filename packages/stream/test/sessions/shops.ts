import { always, decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';

/** By session id, as most shops are; equal rows are one event. */
export const clicks = defineEvents('clicks', {
  columns: {
    at: timestamp(),
    action: z.enum(['view', 'cart', 'remove_from_cart', 'purchase', 'search']),
    item: z.string().optional(),
    price: decimal(10, 2).optional(),
    shopper: z.int64().optional(),
    visit: z.string().optional(),
  },
  roles: { time: 'at', action: 'action', item: 'item', amount: 'price', actor: 'shopper', session: 'visit' },
});

/** Sessions of actors by inactivity, two hours at most; purchases take the cart; the newest row of an event stays. */
export const derived = defineEvents('derived', {
  columns: {
    nr: z.int32(),
    at: timestamp(),
    revision: z.int32().optional(),
    action: z.string(),
    item: z.string().optional(),
    price: decimal(20, 3).optional(),
    pieces: z.int32().optional(),
    shopper: z.string().optional(),
  },
  roles: {
    time: 'at',
    action: 'action',
    item: 'item',
    amount: 'price',
    quantity: 'pieces',
    actor: 'shopper',
  },
  actions: { view: ['look', 'zoom'], cart: 'add', removeFromCart: 'drop', purchase: 'pay' },
  amountPer: 'unit',
  sessions: { inactivity: '30m', longest: '2h' },
  purchases: { items: 'cart' },
  duplicates: { key: ['nr', 'shopper'], keep: 'last', by: 'revision' },
});

/** Orders alone: no session, no cart, every row a purchase, equal rows are two. */
export const orders = defineEvents('orders', {
  columns: { at: timestamp(), customer: z.string().optional(), order: z.string(), total: z.float64() },
  roles: { time: 'at', actor: 'customer', order: 'order', amount: 'total' },
  actions: { purchase: always },
  duplicates: { keep: 'all' },
});

/** A session id within an actor, which ends after 20 minutes; no amounts and no items. */
export const pages = defineEvents('pages', {
  columns: {
    at: timestamp(),
    page: z.enum(['view', 'cart', 'purchase']),
    shopper: z.int64(),
    number: z.int32().optional(),
  },
  roles: { time: 'at', action: 'page', actor: 'shopper', session: ['shopper', 'number'] },
  sessions: { inactivity: '20m', longest: '1h' },
  duplicates: { key: ['at', 'shopper', 'page', 'number'] },
});

type Row = Readonly<Record<string, unknown>>;

const start = Date.UTC(2020, 1, 28, 23);
const instants = (minutes: number) => (fraction: number) =>
  new Date(start + Math.floor(fraction * minutes * 60_000));

/** Any rows of each shop, from fractions between 0 and 1: few values, so that instants, sessions and keys meet. */
export const anyRow = {
  clicks: (f: readonly number[]): Row => ({
    at: instants(26 * 60)(coarse(f[0], 60)),
    action: pick(f[1], ['view', 'cart', 'cart', 'remove_from_cart', 'purchase', 'search']),
    item: pick(f[2], ['a', 'b', 'c', null]),
    price: pick(f[3], [0.1, 19.99, 5, null, 1234567.89]),
    shopper: pick(f[4], [1n, 2n, null]),
    visit: pick(f[5], ['x', 'y', 'z', null]),
  }),
  derived: (f: readonly number[]): Row => ({
    nr: Math.floor((f[5] ?? 0) * 40),
    at: instants(6 * 60)(coarse(f[0], 90)),
    revision: pick(f[6], [1, 2, 3, null]),
    action: pick(f[1], ['look', 'zoom', 'add', 'add', 'drop', 'pay', 'search']),
    item: pick(f[2], ['a', 'b', 'c', null]),
    price: pick(f[3], ['0.001', '99999999999999999.999', '2.500', null]),
    pieces: pick(f[7], [1, 2, null]),
    shopper: pick(f[4], ['s', 't', null]),
  }),
  orders: (f: readonly number[]): Row => ({
    at: instants(60)(coarse(f[0], 20)),
    customer: pick(f[1], ['s', 't', null]),
    order: pick(f[2], ['o1', 'o2', 'o3']),
    total: pick(f[3], [0.1, 0.2, 12.34565, 7]),
  }),
  pages: (f: readonly number[]): Row => ({
    at: instants(4 * 60)(coarse(f[0], 60)),
    page: pick(f[1], ['view', 'cart', 'purchase']),
    shopper: pick(f[2], [1n, 2n]),
    number: pick(f[3], [1, 2, null]),
  }),
};

export const shops = { clicks, derived, orders, pages };
export type ShopName = keyof typeof shops;

const coarse = (fraction = 0, steps: number): number => Math.floor(fraction * steps) / steps;
const pick = <Value>(fraction = 0, values: readonly Value[]): Value =>
  values[Math.min(values.length - 1, Math.floor(fraction * values.length))] as Value;
