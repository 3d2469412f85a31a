/** Numbers of a product that are added up. */
export interface ProductNumbers {
  readonly views: number;
  /** Views of visits that had looked at nothing else until then. */
  readonly alone: number;
  /** By how many the views of one visit, if it has more than half of them, are more than those of all others: Boyer and Moore's vote. */
  readonly lead: number;
  /** Visits that began with it. */
  readonly landed: number;
  /** Visits that began with it, at any time, and looked at another product for the first time. */
  readonly wentOn: number;
  /** Rows that put it into a cart, or bought it. */
  readonly bought: number;
}

/** What happened to a product within a minute. */
export interface ProductCount extends ProductNumbers {
  readonly item: string;
  /** Some of the actors that landed on it. */
  readonly members: readonly string[];
}

interface Minute {
  readonly products: readonly ProductCount[];
}

/** The sums of a product over minutes. */
export function sumOfProduct(item: string, minutes: Iterable<Minute>): ProductNumbers {
  let [views, alone, lead, landed, wentOn, bought] = [0, 0, 0, 0, 0, 0];
  for (const { products } of minutes)
    for (const one of products) {
      if (one.item !== item) continue;
      views += one.views;
      alone += one.alone;
      lead += one.lead;
      landed += one.landed;
      wentOn += one.wentOn;
      bought += one.bought;
    }
  return { views, alone, lead, landed, wentOn, bought };
}

/** The names of actors that landed on a product, each once. */
export function membersOfProduct(item: string, minutes: Iterable<Minute>, most: number): string[] {
  const members = new Set<string>();
  for (const { products } of minutes)
    for (const one of products)
      if (one.item === item) for (const member of one.members) if (members.size < most) members.add(member);
  return [...members];
}

/** Adds the counts of each product up, those of the shards of one minute. */
export function addProducts(shards: readonly Minute[], most: number): ProductCount[] {
  const items = new Set(shards.flatMap(({ products }) => products.map(({ item }) => item)));
  return Array.from(items, (item) => ({
    item,
    ...sumOfProduct(item, shards),
    members: membersOfProduct(item, shards, most),
  }));
}
