/** A product of the made-up shops. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly category: string | null;
  readonly brand: string | null;
  /** In cents. */
  readonly price: bigint;
}

const product = (
  id: number,
  name: string,
  category: string | null,
  brand: string | null,
  price: bigint,
): Product => ({ id, name, category, brand, price });

export const products: readonly [Product, ...Product[]] = [
  product(101, 'Green tea', 'tea', 'Halden', 450n),
  product(102, 'Black tea', 'tea', 'Halden', 395n),
  product(103, 'Herb tea', 'tea', 'Ostra', 525n),
  product(104, 'Tea for two', 'tea', null, 1290n),
  product(201, 'Cup, "plain"', 'cups', 'Miro', 799n),
  product(202, 'Cup, blue', 'cups', 'Miro', 850n),
  product(203, 'Mug', 'cups', 'Ostra', 1125n),
  product(301, 'Pot', 'pots', 'Miro', 2999n),
  product(302, 'Pot, iron', 'pots', 'Halden', 6405n),
  product(401, 'Voucher', null, null, 2500n),
  product(402, 'Filter papers', 'cups', null, 199n),
];

/** Cents as a shop writes a price: `12.90`. */
export const priceText = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
