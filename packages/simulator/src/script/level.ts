/** How far the parameters of a kind are from those of a shopper: `easy` is far, `hard` is near. */
export const attackLevels = ['easy', 'medium', 'hard'] as const;

/** One of {@link attackLevels}. */
export type AttackLevel = (typeof attackLevels)[number];
