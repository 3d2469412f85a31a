/** Where a request carries the id of its actor. */
export interface WafKey {
  readonly in: 'cookie' | 'header';
  readonly name: string;
}

const none = [{ Priority: 0, Type: 'NONE' }] as const;

interface Aggregation {
  readonly AggregateKeyType: 'IP' | 'CUSTOM_KEYS';
  readonly CustomKeys?: readonly object[];
}

/** A statement of a rule, in the words of AWS WAF (https://docs.aws.amazon.com/waf/latest/APIReference/API_Statement.html). */
export type WafStatement =
  | {
      readonly RegexMatchStatement: {
        readonly RegexString: string;
        readonly FieldToMatch: object;
        readonly TextTransformations: typeof none;
      };
    }
  | { readonly OrStatement: { readonly Statements: readonly WafStatement[] } }
  | {
      readonly RateBasedStatement: Aggregation & {
        readonly Limit: number;
        readonly EvaluationWindowSec: number;
        readonly ScopeDownStatement?: WafStatement;
      };
    };

/** What a rule does with a request. */
export type WafAction = 'Block' | 'Captcha' | 'Challenge' | 'Count';

interface VisibilityConfig {
  readonly SampledRequestsEnabled: boolean;
  readonly CloudWatchMetricsEnabled: boolean;
  readonly MetricName: string;
}

/** A rule, as CreateRuleGroup, UpdateRuleGroup and CreateWebACL take it (https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html). */
export interface WafRule {
  readonly Name: string;
  readonly Priority: number;
  readonly Statement: WafStatement;
  readonly Action: { readonly [Action in WafAction]?: Readonly<Record<string, never>> };
  readonly VisibilityConfig: VisibilityConfig;
}

/** The input of CreateRuleGroup (https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateRuleGroup.html). */
export interface WafRuleGroup {
  readonly Name: string;
  readonly Scope: 'CLOUDFRONT' | 'REGIONAL';
  readonly Capacity: number;
  readonly Description: string;
  readonly Rules: readonly WafRule[];
  readonly VisibilityConfig: VisibilityConfig;
}

/** Metrics and samples of a rule, on. */
export const visible = (name: string): VisibilityConfig => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName: name,
});

/** Characters that an expression may have (quota of WAF: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html). */
const longestExpression = 512;

/** A part of a request matches a regular expression. */
const matches = (RegexString: string, FieldToMatch: object): WafStatement => ({
  RegexMatchStatement: { RegexString, FieldToMatch, TextTransformations: none },
});

/** Requests below a path. */
export const below = (path: string): WafStatement => matches(`^${escaped(path)}`, { UriPath: {} });

/** Any of the statements; undefined where there is none. */
function any(statements: readonly WafStatement[]): WafStatement | undefined {
  const [first, ...others] = statements;
  return others.length === 0 ? first : { OrStatement: { Statements: statements } };
}

/** Requests that carry one of these ids. Ids that no expression holds are left out. */
export const carriesOneOf = (ids: readonly string[], key: WafKey): WafStatement | undefined =>
  any(expressions(ids, '^(', ')$').map((one) => matches(one, fieldOf(key))));

/** Requests whose path has one of these ids as a part. */
export const pathHasOneOf = (ids: readonly string[]): WafStatement | undefined =>
  any(expressions(ids, '(^|[^0-9A-Za-z])(', ')([^0-9A-Za-z]|$)').map((one) => matches(one, { UriPath: {} })));

/** Requests of one key above a limit in five minutes. Without a key, requests of one address. */
export const above = (
  limit: number,
  key: WafKey | undefined,
  scope: WafStatement | undefined,
): WafStatement => ({
  RateBasedStatement: {
    Limit: limit,
    EvaluationWindowSec: 300,
    ...(key === undefined
      ? { AggregateKeyType: 'IP' }
      : {
          AggregateKeyType: 'CUSTOM_KEYS',
          CustomKeys: [
            { [key.in === 'cookie' ? 'Cookie' : 'Header']: { Name: key.name, TextTransformations: none } },
          ],
        }),
    ...(scope === undefined ? {} : { ScopeDownStatement: scope }),
  },
});

const fieldOf = ({ in: place, name }: WafKey): object =>
  place === 'header'
    ? { SingleHeader: { Name: name.toLowerCase() } }
    : {
        Cookies: {
          MatchPattern: { IncludedCookies: [name] },
          MatchScope: 'VALUE',
          OversizeHandling: 'CONTINUE',
        },
      };

/** Ids as alternatives of as few expressions as hold them. */
function expressions(ids: readonly string[], before: string, after: string): readonly string[] {
  const room = longestExpression - before.length - after.length;
  const groups: string[] = [];
  let group = '';
  for (const id of ids.map(escaped)) {
    if (id.length > room) continue;
    if (group.length + 1 + id.length > room) {
      groups.push(group);
      group = '';
    }
    group = group === '' ? id : `${group}|${id}`;
  }
  if (group !== '') groups.push(group);
  return groups.map((one) => `${before}${one}${after}`);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/**
 * The most web ACL capacity units of a statement: 2 for a rate and 30 for its key, 3 for an expression and 10 for what it reads
 * (https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html). CheckCapacity says how many it takes.
 */
export function capacityOf(statement: WafStatement): number {
  if ('RegexMatchStatement' in statement) return 13;
  if ('OrStatement' in statement)
    return statement.OrStatement.Statements.reduce((sum, one) => sum + capacityOf(one), 0);
  const { CustomKeys = [], ScopeDownStatement: scope } = statement.RateBasedStatement;
  return 2 + 30 * CustomKeys.length + (scope === undefined ? 0 : capacityOf(scope));
}
