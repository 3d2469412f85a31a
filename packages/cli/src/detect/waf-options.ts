import type { TableSchema } from '@headwater/core';
import type { WafKey, WafPlace } from '@headwater/stream/detect';
import { flag, repeated, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** Options of suggestions for AWS WAF. */
export const wafOptions = {
  waf: flag(
    'Suggest rules of AWS WAF that would have blunted the incidents; --json prints them as a rule group',
  ),
  'waf-key': text('KEY', 'Where requests carry the id of the actor: cookie:NAME or header:NAME', {
    default: 'a cookie called as the column',
  }),
  'waf-path': repeated(
    'PLACE=PATH',
    'The beginning of a path: item=, cart=, purchase= or login=, such as cart=/cart',
  ),
};

interface WafValues {
  readonly waf: boolean;
  readonly 'waf-key': string | undefined;
  readonly 'waf-path': readonly string[];
}

/** What suggestions need to know of the site. */
export interface WafSite {
  readonly key: WafKey;
  readonly paths: Partial<Readonly<Record<WafPlace, string>>>;
}

const places: readonly string[] = ['item', 'cart', 'purchase', 'login'] satisfies WafPlace[];

/**
 * Reads the options; undefined without `--waf`.
 * @throws UsageError
 */
export function readWafOptions(
  { waf, 'waf-key': key, 'waf-path': paths }: WafValues,
  { roles }: Pick<TableSchema, 'roles'>,
): WafSite | undefined {
  if (!waf) {
    if (key !== undefined || paths.length > 0) throw new UsageError('--waf-key and --waf-path need --waf.');
    return undefined;
  }
  const [, place = 'cookie', name = roles.actor ?? 'actor'] =
    key === undefined
      ? []
      : (/^(cookie|header):(.{1,60})$/.exec(key) ?? failed('--waf-key', key, 'cookie:NAME or header:NAME'));
  const known = paths.map((given) => {
    const [, of = '', path = ''] = /^([a-z]+)=(\/.{0,200})$/.exec(given) ?? [];
    if (!places.includes(of))
      failed('--waf-path', given, `PLACE=/path, with a place of ${places.join(', ')}`);
    return [of, path];
  });
  return { key: { in: place === 'header' ? 'header' : 'cookie', name }, paths: Object.fromEntries(known) };
}

function failed(option: string, given: string, expected: string): never {
  throw new UsageError(`${option} ${given}: expected ${expected}.`);
}
