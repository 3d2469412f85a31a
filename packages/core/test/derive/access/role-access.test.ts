import { type AccessRequest, simulateAccess } from '@headwater/local-aws/testing';
import { describe, expect, test } from 'vitest';
import { type RoleCase, refusedToAll } from './access-kit.ts';
import { roleCases } from './role-cases.ts';
import { sendingFiles, sourceActions } from './sdk-actions.ts';

// Policies are judged by an independent simulator of IAM, and what a role needs is written from AWS's documentation and from the calls in the
// sources, not from the policies.

/** Those that are published, but the stack, which is deployed with the rights of CloudFormation. */
const packages = ['cli', 'core', 'dashboard', 'etl', 'mcp', 'publish', 'queries', 'storage', 'stream'];

const text = ({ action, resource, context }: AccessRequest): string =>
  `${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`;

const decisions = async ({ policy }: RoleCase, requests: readonly AccessRequest[]) => {
  const identity = [policy().policy];
  const decided = await Promise.all(requests.map((request) => simulateAccess({ identity }, request)));
  return requests.map((request, index) => [text(request), decided[index]] as const);
};

describe.for(Object.entries<RoleCase>(roleCases))('%s', ([, one]) => {
  const called = new Set(one.calls.map(text));

  test('may make every call that it makes', async () => {
    const refused = (await decisions(one, one.calls)).filter(([, decision]) => decision !== 'allowed');
    expect(refused).toEqual([]);
    expect(one.calls.length).toBeGreaterThan(0);
  });

  test('may make no call that it must not make', async () => {
    const requests = [...one.refused, ...refusedToAll.filter((request) => !called.has(text(request)))];
    const allowed = (await decisions(one, requests)).filter(([, decision]) => decision === 'allowed');
    expect(allowed).toEqual([]);
  });

  test.runIf(one.code.length > 0)('is asked for every call of its sources', () => {
    const sent = sourceActions(one.code);
    const listed = new Set(one.calls.map(({ action }) => action));
    expect([...sent].filter(([action]) => !listed.has(action))).toEqual([]);
    expect(sent.size).toBeGreaterThan(0);
  });

  test('has no action, and no resource of a statement, that no call needs', () => {
    const { Statement } = one.policy().policy;
    const idle = Statement.flatMap(({ Sid, Action, Resource }) => {
      const calls = one.calls.filter(({ action }) => Action.includes(action));
      return [
        ...Action.filter((action) => !calls.some((call) => call.action === action)),
        ...Resource.filter((pattern) => !calls.some(({ resource }) => matches(pattern, resource))),
      ].map((unused) => `${Sid}: ${unused}`);
    });
    expect(idle).toEqual([]);
  });
});

/** Files that send requests to AWS with the rights of no derived role. */
const others: Readonly<Record<string, string>> = {
  'packages/cli/src/stream/aws/':
    'stream run makes its own queue, table and topic for a trial, with the rights of who tries it',
  'packages/cli/src/cost/': 'asked with the rights of who runs the account; what is refused, it says',
  'packages/cli/src/doctor/aws/': 'asked with the rights of who runs the account; what is refused, it says',
  'packages/stream/src/stores/': 'each function has the part of the store that it uses',
  'packages/stream/src/handlers/failures/': 'sinks of several functions',
  'packages/stream/src/local/': 'a trial, with the rights of who tries it',
};

test('each file that sends requests to AWS is of a role, or it is said why it is of none', () => {
  const known = [...Object.values<RoleCase>(roleCases).flatMap(({ code }) => code), ...Object.keys(others)];
  const files = packages.flatMap((name) => sendingFiles(`packages/${name}/src`));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => !known.some((path) => file.startsWith(path)))).toEqual([]);
});

/** Whether a resource of a policy, in which `*` stands for anything, is that of a request. */
const matches = (pattern: string, resource: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^$()|[\]\\{}]/g, '\\$&').replaceAll('*', '.*')}$`).test(resource);
