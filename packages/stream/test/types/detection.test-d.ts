import { createDetection, type DetectionConfig, detectorTable } from '../../src/detect/index.ts';
import type { StreamConfig } from '../../src/index.ts';
import { clicks } from '../alerts/shop.ts';

const config: DetectionConfig = {
  ...{ allow: ['7'], off: ['price-monitor', 'outage'], lateness: 5, quiet: 1800 },
  actors: { scraper: { products: 100 }, memory: { known: 10_000 } },
  campaigns: { carding: { members: 4 } },
  site: { outage: { part: 0.2 } },
};
({ detection: config }) satisfies StreamConfig;
createDetection(clicks, detectorTable, { ...config, areDistinct: true });

// @ts-expect-error no kind
({ off: ['scrapers'] }) satisfies DetectionConfig;
// @ts-expect-error no detector
({ actor: { scraper: { products: 100 } } }) satisfies DetectionConfig;
// @ts-expect-error no parameter
({ actors: { scraper: { product: 100 } } }) satisfies DetectionConfig;
// @ts-expect-error a number
({ actors: { scraper: { products: '100' } } }) satisfies DetectionConfig;
// @ts-expect-error ids are texts
({ allow: [7] }) satisfies DetectionConfig;
// @ts-expect-error no word of a stream
({ detections: config }) satisfies StreamConfig;
// @ts-expect-error no parameter
createDetection(clicks, detectorTable, { site: { outage: { parts: 0.2 } } });
