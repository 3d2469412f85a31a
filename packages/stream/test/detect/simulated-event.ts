import type { SimulatedEvent } from '@headwater/simulator';
import type { ShopAction, ShopEvent } from '../../src/detect/shop-event.ts';

const actions: Readonly<Record<string, ShopAction>> = {
  ...{ view: 'view', cart: 'cart', purchase: 'purchase', remove_from_cart: 'removeFromCart' },
};

/** A simulated event, as detectors are given it. */
export function shopEventOf(event: SimulatedEvent): ShopEvent {
  const { event_time, event_type, product_id, price, user_id, user_session } = event;
  return {
    ...{ row: { ...event }, id: '', time: event_time.getTime(), action: actions[event_type], price },
    ...{ actor: String(user_id), item: String(product_id), session: user_session ?? undefined },
  };
}
