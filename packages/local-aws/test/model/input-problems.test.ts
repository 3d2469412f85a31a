import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { awsPython } from '../../src/install/aws-python.ts';
import { interpreterOf } from '../../src/install/python-environment.ts';
import { inputProblems } from '../../src/model/input-problems.ts';
import { restInput } from '../../src/model/rest-input.ts';
import { readServiceModel, type ServiceModel } from '../../src/model/service-model.ts';

const model: ServiceModel = {
  metadata: { protocol: 'rest-json', endpointPrefix: 'things', apiVersion: '2026-01-01' },
  operations: {
    CreateThing: { http: { method: 'POST', requestUri: '/things' }, input: { shape: 'CreateThingRequest' } },
    DescribeThing: {
      http: { method: 'GET', requestUri: '/things/{name}' },
      input: { shape: 'DescribeThingRequest' },
    },
    UseThing: {
      http: { method: 'POST', requestUri: '/things/{name}/use' },
      input: { shape: 'UseThingRequest' },
    },
  },
  shapes: {
    CreateThingRequest: {
      type: 'structure',
      required: ['Name', 'Parts'],
      members: {
        Name: { shape: 'Name' },
        Parts: { shape: 'Parts' },
        Count: { shape: 'Count' },
        Tags: { shape: 'Tags' },
        On: { shape: 'Flag' },
        Size: { shape: 'Size' },
        Place: { shape: 'Place' },
      },
    },
    DescribeThingRequest: {
      type: 'structure',
      members: {
        Name: { shape: 'Name', location: 'uri', locationName: 'name' },
        MaxResults: { shape: 'Count', location: 'querystring', locationName: 'maxResults' },
        IsWhole: { shape: 'Flag', location: 'querystring', locationName: 'whole' },
      },
    },
    UseThingRequest: {
      type: 'structure',
      members: { Name: { shape: 'Name', location: 'uri', locationName: 'name' }, How: { shape: 'Name' } },
    },
    Name: { type: 'string', min: 1, max: 5, pattern: '^[A-Z\\_\\uD800\\uDC00-\\uDBFF\\uDFFF]+$' },
    Parts: { type: 'list', min: 1, member: { shape: 'Word' } },
    Word: { type: 'string', enum: ['bolt', 'nut'] },
    Count: { type: 'integer', min: 0, max: 9 },
    Tags: { type: 'map', max: 1, key: { shape: 'Name' }, value: { shape: 'Word' } },
    Flag: { type: 'boolean' },
    Size: { type: 'structure', union: true, members: { Count: { shape: 'Count' }, On: { shape: 'Flag' } } },
    Place: {
      type: 'structure',
      documentation: true, // the text says that only one member may be given
      members: { Count: { shape: 'Count' }, On: { shape: 'Flag' } },
    },
  },
};

const valid = { Name: 'A_\u{1F600}', Parts: ['nut'], Count: 9, Tags: { A: 'nut' }, On: false };

test.each<[string, object, string[]]>([
  ['valid', {}, []],
  ['of an unknown member', { Weight: 1 }, ['CreateThing.Weight is unknown']],
  ['one member of a union', { Size: { Count: 1 }, Place: { On: true } }, []],
  [
    'two members of a union',
    { Size: { Count: 1, On: true } },
    ['CreateThing.Size has Count and On, and only one of them may be given'],
  ],
  [
    'two members of a union in words',
    { Place: { Count: 1, On: true } },
    ['CreateThing.Place has Count and On, and only one of them may be given'],
  ],
  ['without a name', { Name: undefined }, ['CreateThing.Name is missing']],
  ['of the wrong type', { Name: 1 }, ['CreateThing.Name is no string']],
  ['too short', { Parts: [] }, ['CreateThing.Parts has 0, at least 1 is needed']],
  ['too long', { Name: 'ABCDEF' }, ['CreateThing.Name has 6, at most 5 is allowed']],
  [
    'of another character',
    { Name: 'a' },
    ['CreateThing.Name is "a", which does not match ^[A-Z\\_\\uD800\\uDC00-\\uDBFF\\uDFFF]+$'],
  ],
  ['of an unknown word', { Parts: ['nut', 'cog'] }, ['CreateThing.Parts[1] is "cog", not one of bolt, nut']],
  ['no list', { Parts: 'nut' }, ['CreateThing.Parts is no list']],
  ['out of range', { Count: 10 }, ['CreateThing.Count has 10, at most 9 is allowed']],
  ['a fraction', { Count: 1.5 }, ['CreateThing.Count is no whole number']],
  [
    'of a bad key',
    { Tags: { toolong: 'nut' } },
    [
      'CreateThing.Tags key "toolong" has 7, at most 5 is allowed',
      'CreateThing.Tags key "toolong" is "toolong", which does not match ^[A-Z\\_\\uD800\\uDC00-\\uDBFF\\uDFFF]+$',
    ],
  ],
  ['a text for a flag', { On: 'true' }, ['CreateThing.On is no boolean']],
])('names what is %s', (_, more, problems) => {
  expect(inputProblems(model, 'CreateThing', { ...valid, ...more })).toEqual(problems);
});

test('finds the operation of a path, with the members of its path, its query and its body', () => {
  expect(restInput(model, 'GET', '/things/A%2FB?maxResults=3&whole=true', '')).toEqual({
    operation: 'DescribeThing',
    input: { Name: 'A/B', MaxResults: 3, IsWhole: true },
  });
  expect(restInput(model, 'POST', '/things/A/use', '{"How":"B"}')).toEqual({
    operation: 'UseThing',
    input: { Name: 'A', How: 'B' },
  });
  expect(restInput(model, 'POST', '/things', '{"Name":"A"}')?.operation).toBe('CreateThing');
  expect(restInput(model, 'DELETE', '/things/A', '')).toBeUndefined();
  expect(restInput(model, 'GET', '/things/A/B/C', '')).toBeUndefined();
});

test.skipIf(!existsSync(interpreterOf(awsPython)))('reads the model of botocore', () => {
  const databrew = readServiceModel('databrew');
  expect(inputProblems(databrew, 'CreateRecipe', { Name: '' })).toEqual([
    'CreateRecipe.Steps is missing',
    'CreateRecipe.Name has 0, at least 1 is needed',
  ]);
  const step = { Action: { Operation: 'lower', Parameters: { source_column: 'a' } } };
  expect(inputProblems(databrew, 'CreateRecipe', { Name: 'a', Steps: [step] })).toHaveLength(2);
});
