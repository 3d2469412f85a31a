// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub names what it inserts in this way
import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../../../src/facade/cloudformation/template/dependency-order.ts';
import { evaluate, type Scope } from '../../../src/facade/cloudformation/template/evaluate.ts';
import { parameterValues } from '../../../src/facade/cloudformation/template/parameters.ts';
import { objectOf, templateValue } from '../../../src/facade/cloudformation/template/read-template.ts';
import { parseTemplate } from '../../../src/facade/cloudformation/template/template.ts';
import { queryInput } from '../../../src/facade/query-protocol/query-input.ts';

const scope: Scope = {
  region: 'us-east-1',
  mappings: { Sizes: { small: { shards: '1' } } },
  ref: (name) => ({ Bucket: 'shop-lake', 'AWS::Region': 'us-east-1', Names: ['a', 'b'] })[name],
  attribute: (resource, name) => `${resource}!${name}`,
  condition: (name) => name === 'IsLarge',
  importValue: (name) => `export of ${name}`,
};

describe('evaluate', () => {
  it.each([
    [{ Ref: 'Bucket' }, 'shop-lake'],
    [{ 'Fn::GetAtt': ['Stream', 'Arn'] }, 'Stream!Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table!Stream.Arn'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'Bucket' }, '/*']] }, 'arn:shop-lake/*'],
    [{ 'Fn::Sub': '${Bucket}/${Stream.Arn}/${!Literal}' }, 'shop-lake/Stream!Arn/${Literal}'],
    [{ 'Fn::Sub': ['${Own}-${AWS::Region}', { Own: { Ref: 'Bucket' } }] }, 'shop-lake-us-east-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Select': ['0', { Ref: 'Names' }] }, 'a'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'shards'] }, '1'],
    [{ 'Fn::If': ['IsLarge', 2, 1] }, 2],
    [
      { a: { 'Fn::If': ['IsSmall', 1, { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 3] },
      { b: [3] },
    ],
    [{ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Bucket' }, 'x'] }] }, true],
    [{ 'Fn::And': [{ Condition: 'IsLarge' }, { 'Fn::Contains': [['1', '2'], '3'] }] }, false],
    [{ 'Fn::Base64': 'a' }, 'YQ=='],
    [{ 'Fn::ImportValue': 'x' }, 'export of x'],
  ])('%j is %j', (value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Missing' }, /Unresolved resource dependencies \[Missing\]/],
    [{ 'Fn::Cidr': ['10.0.0.0/8'] }, /no Fn::Cidr/],
    [{ 'Fn::Select': [7, ['a']] }, /cannot select 7 of 1/],
    [{ 'Fn::FindInMap': ['Sizes', 'large', 'shards'] }, /Unable to get mapping/],
    [{ 'Fn::Join': ['', 'text'] }, /no list/],
  ])('refuses %j', (value, reason) => {
    expect(() => evaluate(value, scope)).toThrow(reason);
  });
});

const resourcesOf = (properties: Readonly<Record<string, object>>, more: object = {}) =>
  parseTemplate({
    Resources: Object.fromEntries(
      Object.entries(properties).map(([id, Properties]) => [
        id,
        { Type: 'AWS::SNS::Topic', Properties, ...more },
      ]),
    ),
  }).Resources;

describe('dependencyOrder', () => {
  it('puts resources after those that they refer to or depend on', () => {
    const { Resources } = parseTemplate({
      Resources: {
        A: { Type: 'T', Properties: { x: { 'Fn::Sub': ['${B.Arn}${own}', { own: { Ref: 'C' } }] } } },
        B: { Type: 'T', DependsOn: 'D' },
        C: { Type: 'T', Properties: { x: [{ 'Fn::GetAtt': ['D', 'Arn'] }] } },
        D: { Type: 'T' },
      },
    });
    expect(dependencyOrder(Resources)).toEqual(['D', 'B', 'C', 'A']);
  });

  it('refuses a circle, and a dependency that does not exist', () => {
    expect(() => dependencyOrder(resourcesOf({ A: { x: { Ref: 'B' } }, B: { x: { Ref: 'A' } } }))).toThrow(
      /Circular dependency between resources: \[A, B\]/,
    );
    expect(() => dependencyOrder(resourcesOf({ A: {} }, { DependsOn: ['Z'] }))).toThrow(/\[Z\]/);
  });
});

it('takes parameters given, previous and by default', () => {
  const template = parseTemplate({
    Parameters: { A: { Type: 'String', Default: 1 }, B: { Type: 'String', AllowedValues: ['x', 'y'] } },
    Resources: { R: { Type: 'T' } },
  });
  const b = (value: object) => [{ ParameterKey: 'B', ...value }];
  expect(parameterValues(template, b({ ParameterValue: 'x' }))).toEqual({ A: '1', B: 'x' });
  expect(parameterValues(template, b({ UsePreviousValue: 'true' }), { B: 'y' })).toEqual({ A: '1', B: 'y' });
  expect(() => parameterValues(template, [])).toThrow(/\[B\] must have values/);
  expect(() => parameterValues(template, b({ ParameterValue: 'z' }))).toThrow(/AllowedValues/);
  expect(() => parameterValues(template, [{ ParameterKey: 'C', ParameterValue: '1' }])).toThrow(
    /\[C\] do not exist/,
  );
});

it('finds the object of a template in every form of its address', () => {
  const found = { bucket: 'assets', key: 'a/b c.json' };
  for (const url of [
    'https://s3.us-east-1.amazonaws.com/assets/a/b%20c.json',
    'https://assets.s3.us-east-1.amazonaws.com/a/b%20c.json',
    'https://assets.s3-us-west-2.amazonaws.com/a/b%20c.json',
    'http://127.0.0.1:4566/assets/a/b%20c.json',
    's3://assets/a/b%20c.json',
  ])
    expect(objectOf(url)).toEqual(found);
});

it('reads JSON and YAML, without dates for texts', () => {
  const template = { Resources: { P: { Type: 'T', Properties: { Version: '2012-10-17', Days: 3 } } } };
  expect(templateValue(JSON.stringify(template))).toEqual(template);
  const yaml = 'Resources:\n  P:\n    Type: T\n    Properties:\n      Version: 2012-10-17\n      Days: 3\n';
  expect(templateValue(yaml)).toEqual(template);
  expect(() => templateValue('{ "a": ')).toThrow(/Template format error/);
});

it('refuses a template without resources, naming the place', () => {
  expect(() => parseTemplate({ Resources: {} })).toThrow(/At least one Resources member/);
  expect(() => parseTemplate({ Resources: { A: { Properties: {} } } })).toThrow('/Resources/A/Type');
});

it('reads forms of the query protocol', () => {
  expect(
    queryInput('Action=X&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&P=%7B%7D'),
  ).toEqual({
    Action: 'X',
    Tags: [{ Key: 'a', Value: 'b' }, { Key: 'c' }],
    P: '{}',
  });
});
