/** Percent of the look-alikes who are customers of the shop with ordinary visits on other days. The others come once. */
export const customers = 60;
