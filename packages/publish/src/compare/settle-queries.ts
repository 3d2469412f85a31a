import type { AssessedChange, SchemaDiff } from '@headwater/core';
import { concludeDiff, type VerdictName } from '@headwater/core/internal';
import type { QueryError } from './query-errors.ts';
import type { QueryCheck } from './type-check-queries.ts';

/**
 * Replaces the unknown verdicts on queries in a diff by the result of type-checking them. An error that names a changed
 * column counts against that change; an error that names none counts against every change that may have caused it.
 */
export function settleQueries(diff: SchemaDiff, check: QueryCheck): SchemaDiff {
  const open = diff.changes.filter(({ verdicts }) => verdicts.queries.verdict === 'unknown');
  const settle = (change: AssessedChange): AssessedChange => {
    if (!open.includes(change)) return change;
    const [verdict, reason] = answerOf(check, change, open);
    const { queries } = change.verdicts;
    const basis = check.status === 'checked' ? 'tested' : queries.basis;
    return { ...change, verdicts: { ...change.verdicts, queries: { ...queries, verdict, reason, basis } } };
  };
  return concludeDiff({ ...diff, changes: diff.changes.map(settle) });
}

function answerOf(
  check: QueryCheck,
  change: AssessedChange,
  open: readonly AssessedChange[],
): readonly [VerdictName, string] {
  if (check.status === 'none') return ['compatible', 'The config registers no queries.'];
  if (check.status === 'not-checked')
    return ['unknown', `The registered queries were not type-checked: ${check.reason}.`];
  const errors = check.errors.filter(
    (error) => names(error, change) || !open.some((other) => names(error, other)),
  );
  if (errors.length === 0) return ['compatible', `The registered queries type-check (${check.files} files).`];
  const places = errors.map(({ file, line }) => `${file}:${line}`).join(', ');
  return ['incompatible', `Registered queries no longer compile: ${places}.`];
}

/** The names in a change's id are those of columns, old and new, and of enum values. */
const names = ({ message }: QueryError, { id }: AssessedChange): boolean =>
  id
    .split(':')
    .slice(1)
    .some((name) => new RegExp(`["'\`.]${name.replaceAll(/\W/g, '.')}["'\`]`).test(message));
