import type { Members } from '../../rules/aws-rule.ts';
import { at } from '../../rules/aws-rule.ts';
import type { Asset } from './assets.ts';

const listOf = (value: unknown): readonly unknown[] => [value ?? []].flat();

/** Permissions as a description lists them. */
export const permissionsOf = ({ permissions }: Asset): readonly Members[] =>
  [...permissions].map(([Principal, actions]) => ({ Principal, Actions: [...actions] }));

/** Grants and revokes actions. A principal without actions leaves the list. */
export function changePermissions(asset: Asset, grants: unknown, revokes: unknown): void {
  for (const grant of listOf(grants)) {
    const principal = String(at(grant, 'Principal'));
    const actions = listOf(at(grant, 'Actions')).map(String);
    asset.permissions.set(principal, new Set([...(asset.permissions.get(principal) ?? []), ...actions]));
  }
  for (const revoke of listOf(revokes)) {
    const principal = String(at(revoke, 'Principal'));
    const gone = new Set(listOf(at(revoke, 'Actions')).map(String));
    const left = [...(asset.permissions.get(principal) ?? [])].filter((action) => !gone.has(action));
    if (left.length > 0) asset.permissions.set(principal, new Set(left));
    else asset.permissions.delete(principal);
  }
}
