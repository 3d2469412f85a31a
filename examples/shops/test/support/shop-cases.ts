import { twoFilesCase } from '../cases/two-files.ts';
import type { ShopCase } from './shop-case.ts';

/** The shops. What a shop cannot answer is written in its case by hand, from what its files have. */
export const shopCases: readonly ShopCase[] = [twoFilesCase];
