import type { QuickSightAssets } from '../quicksight-assets.ts';

/** The dashboard that assets are for, by its id. */
export const ownerOf = ({ dashboard }: QuickSightAssets): string => dashboard.DashboardId ?? '';
