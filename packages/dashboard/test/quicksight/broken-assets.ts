import type { QuickSightAssets } from '../../src/quicksight/index.ts';
import { handMadeAssets } from './hand-made-assets.ts';

/** Any value of JSON, to be changed in place. */
// biome-ignore lint/suspicious/noExplicitAny: a test breaks definitions in ways that types forbid
type Loose = any;

/** The assets of the test, of which a function breaks the analysis alone. */
export function brokenAnalysis(breaks: (definition: Loose, sheet: Loose) => void): QuickSightAssets {
  const assets: Loose = structuredClone(handMadeAssets());
  assets.analysis.Definition = structuredClone(assets.analysis.Definition); // the dashboard has its own
  breaks(assets.analysis.Definition, assets.analysis.Definition.Sheets[0]);
  return assets;
}

/** The assets of the test, which a function breaks anywhere. */
export function brokenAssets(breaks: (assets: Loose) => void, id?: string): QuickSightAssets {
  const assets: Loose = structuredClone(handMadeAssets(id));
  breaks(assets);
  return assets;
}
