import { expect, test } from 'vitest';
import { awsRuleProblems, awsRules } from '../src/rules/aws-rules.ts';

interface Example {
  readonly service: string;
  readonly operation: string;
  readonly taken: readonly object[];
  readonly refused: readonly object[];
}

/** Requests that AWS takes and refuses, one entry for each rule, in their order. */
const examples: readonly Example[] = [
  {
    service: 'glue',
    operation: 'UpdateSchema',
    taken: [
      { Description: 'Events' },
      { Compatibility: 'NONE', SchemaVersionNumber: { LatestVersion: true } },
      { Compatibility: 'BACKWARD', SchemaVersionNumber: { VersionNumber: 2 } },
    ],
    refused: [{ Compatibility: 'NONE' }, { Compatibility: 'NONE', SchemaVersionNumber: {} }],
  },
];

test('every rule has its source, and requests that it refuses and takes', () => {
  expect(examples).toHaveLength(awsRules.length);
  for (const [index, { service, operation, taken, refused }] of examples.entries()) {
    const rule = awsRules[index];
    expect(rule?.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(rule?.service).toBe(service);
    expect(rule?.operations).toContain(operation);
    for (const input of taken) expect(awsRuleProblems({ service, operation, input })).toEqual([]);
    for (const input of refused)
      expect(awsRuleProblems({ service, operation, input })).toEqual([`${rule?.rule} (${rule?.source})`]);
  }
});
