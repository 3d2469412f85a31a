import { awsModelProblems, hasAwsModels } from '@headwater/local-aws/testing';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/alerts/incident.ts';
import { type DetectionKind, detectionKinds } from '../../../src/detect/detection-kinds.ts';
import { suggestWafRules, type WafOptions } from '../../../src/detect/waf/suggest-waf-rules.ts';

const options: WafOptions = {
  table: 'clicks',
  key: { in: 'cookie', name: 'uid' },
  paths: { purchase: '/check.out' },
  usual: { actors: 5000, high: 25 },
};

function incident(kind: string, more: Partial<Incident> = {}): Incident {
  const { subject = '7' } = more;
  return {
    version: 1,
    ...{ time: '2026-03-01T10:00:20.000Z', subject_type: 'actor', subject, kind, severity: 'warning' },
    ...{ score: 2, window_s: 300, event_type: null, actors: [subject], expected: 80, seen: 160 },
    ...{ evidence: [], incident: `${kind}-${subject}`, state: 'open' },
    ...more,
  };
}
const suggested = (incidents: readonly Incident[], given: Partial<WafOptions> = {}) =>
  suggestWafRules(incidents, { ...options, ...given }).suggestions;

describe('suggestWafRules', () => {
  it('stops the actors that were found by the id in their requests', () => {
    const [rule] = suggested([incident('price-monitor'), incident('hoarding', { subject: 'a.b' })]);
    expect(rule).toMatchObject({
      action: 'Block',
      incidents: ['price-monitor-7', 'hoarding-a.b'],
      rule: {
        Name: 'headwater-clicks-found-actors',
        Action: { Count: {} },
        Statement: {
          RegexMatchStatement: {
            RegexString: '^(7|a\\.b)$',
            FieldToMatch: { Cookies: { MatchPattern: { IncludedCookies: ['uid'] }, MatchScope: 'VALUE' } },
          },
        },
      },
    });
    expect(suggested([incident('hoarding')], { key: { in: 'header', name: 'X-User' } })).toMatchObject([
      {
        rule: { Statement: { RegexMatchStatement: { FieldToMatch: { SingleHeader: { Name: 'x-user' } } } } },
      },
    ]);
  });

  it('divides many ids, so that each expression is as long as WAF allows', () => {
    const subjects = Array.from({ length: 200 }, (_, at) => String(512_000_000 + at));
    const [suggestion] = suggested(subjects.map((subject) => incident('replay', { subject })));
    const statement = suggestion?.rule.Statement;
    if (!statement || !('OrStatement' in statement)) throw new Error('one statement');
    const texts = statement.OrStatement.Statements.map((one) =>
      'RegexMatchStatement' in one ? one.RegexMatchStatement.RegexString : '',
    );
    expect(texts.every((text) => text.length <= 512)).toBe(true);
    for (const subject of subjects)
      expect(texts.filter((text) => new RegExp(text).test(subject))).toHaveLength(1);
    expect(texts.some((text) => new RegExp(text).test('5120000000'))).toBe(false);
  });

  it('limits who is faster than nearly all others, and nobody by an incident that is slow', () => {
    const names = (incidents: readonly Incident[]) =>
      suggested(incidents).map(({ rule }) => rule.Name.replace('headwater-clicks-', ''));
    expect(names([incident('scraper')])).toEqual(['found-actors', 'fast-actors']);
    expect(names([incident('scraper', { window_s: 36_000 })])).toEqual(['found-actors']);
    const [, rate] = suggested([incident('scraper')]);
    expect(rate).toMatchObject({
      alsoHits: expect.stringContaining('5000 actors'),
      rule: { Statement: { RateBasedStatement: { Limit: 25, AggregateKeyType: 'CUSTOM_KEYS' } } },
    });
  });

  it('counts by address where identities change, on the path where it matters', () => {
    const carding = incident('carding', {
      subject_type: 'campaign',
      subject: 'carding:1',
      actors: ['1', '2'],
    });
    const [ids, tests] = suggested([carding]);
    expect(ids?.rule.Statement).toMatchObject({ RegexMatchStatement: { RegexString: '^(1|2)$' } });
    expect(tests).toMatchObject({
      needs: [],
      action: 'Captcha',
      rule: {
        Statement: {
          RateBasedStatement: {
            AggregateKeyType: 'IP',
            Limit: 10,
            ScopeDownStatement: {
              RegexMatchStatement: { RegexString: '^/check\\.out', FieldToMatch: { UriPath: {} } },
            },
          },
        },
      },
    });
    expect(suggested([carding], { paths: {} })[1]?.needs).toHaveLength(1);
  });

  it('challenges the pages of a flooded product, and suggests nothing where no rule helps', () => {
    const flood = incident('click-flood', { subject_type: 'product', subject: '1004856', actors: [] });
    const [suggestion] = suggested([flood]);
    const statement = suggestion?.rule.Statement;
    if (!statement || !('RegexMatchStatement' in statement)) throw new Error('no expression');
    const path = new RegExp(statement.RegexMatchStatement.RegexString);
    expect(['/p/1004856', '/p/1004856-phone', '/p/1004856?x'].every((one) => path.test(one))).toBe(true);
    expect(['/p/10048561', '/p/21004856'].some((one) => path.test(one))).toBe(false);

    const digest = incident('hoarding', { subject: 'sha256:00ff', actors: ['sha256:00ff'] });
    expect(suggestWafRules([incident('outage'), digest], options)).toEqual({
      suggestions: [],
      ruleGroup: null,
    });
  });

  it('counts an incident that was told several times once', () => {
    const told = [incident('hoarding'), incident('hoarding', { state: 'closed' })];
    expect(suggested(told)).toMatchObject([{ incidents: ['hoarding-7'] }]);
  });
});

const mayLack = process.env['HEADWATER_ENGINES'] !== 'all';

describe.skipIf(mayLack && !hasAwsModels())('the service model of AWS WAF', () => {
  const problemsOf = (input: object): string[] =>
    awsModelProblems({ service: 'wafv2', operation: 'CreateRuleGroup', input });

  it.each<Partial<WafOptions>>([
    {},
    { paths: {}, key: { in: 'header', name: 'x-user' }, scope: 'CLOUDFRONT' },
  ])('takes the rule group of all kinds', (given) => {
    const kinds = Object.keys(detectionKinds) as DetectionKind[];
    const { suggestions, ruleGroup } = suggestWafRules(
      kinds.map((kind) => incident(kind)),
      { ...options, ...given },
    );
    expect(suggestions).toHaveLength(7);
    if (ruleGroup === null) throw new Error('no rule group');
    expect(problemsOf(ruleGroup)).toEqual([]);
    const [rule] = ruleGroup.Rules;
    expect(problemsOf({ ...ruleGroup, Rules: [{ ...rule, Statement: { RegexMatch: {} } }] })).toHaveLength(1);
  });
});
