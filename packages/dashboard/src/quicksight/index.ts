export type { LeftOut, QuickSightAssets } from './quicksight-assets.ts';
