import { piiClasses } from '../table/column-metadata.ts';
import { type PathStep, pathText } from '../table/nested-path.ts';
import type { Column } from '../table/table-schema.ts';
import { diffChecks } from './diff-checks.ts';
import { diffReading } from './diff-reading.ts';
import { diffType, typeName } from './diff-type.ts';
import type { AddChange, ChangeCase, SchemaChange } from './schema-change.ts';

/** Facts about a column's table that its comparison needs. */
export interface ColumnContext {
  /** Whether the column has the role action. */
  readonly isAction: boolean;
}

const missingFrom = (list: readonly string[], other: readonly string[]): string[] =>
  other.filter((one) => !list.includes(one));

/** Every difference between a column and its earlier definition. Different names are a rename. */
export function diffColumn(old: Column, now: Column, context: ColumnContext): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const { name } = now;
  const add: AddChange = (kind, text, rule, detail) => {
    const id = [kind, name, ...(detail === undefined ? [] : [detail])].join(':');
    changes.push({ id, kind, case: rule ?? (kind as ChangeCase), column: name, text: `${name}: ${text}` });
  };
  if (old.name !== name) {
    const id = `rename-column:${old.name}:${name}`;
    const text = `${old.name} is now ${name}`;
    changes.push({ id, kind: 'rename-column', case: 'rename-column', column: name, text });
  }
  diffValues(old, now, context, add);
  diffPresence(old, now, add);
  diffWords(old, now, add);
  return changes;
}

function diffValues(old: Column, now: Column, { isAction }: ColumnContext, add: AddChange): void {
  const type = diffType(old.type, now.type);
  if (type) add(type.kind, `${typeName(old.type)} is now ${typeName(now.type)}`, type.case);
  if (old.type.kind === 'enum' && now.type.kind === 'enum') {
    const [before, after] = [old.type.values, now.type.values];
    const [added, removed] = [missingFrom(before, after), missingFrom(after, before)];
    for (const value of added)
      add('add-enum-value', `may also be ${value}`, isAction ? 'add-action-value' : 'add-enum-value', value);
    for (const value of removed) add('remove-enum-value', `may no longer be ${value}`, undefined, value);
    const kept = after.filter((value) => before.includes(value));
    if (kept.join('\n') !== before.filter((value) => after.includes(value)).join('\n'))
      add('reorder-enum-values', 'the order of its values changed');
  }
  for (const { kind, text } of diffReading(old, now)) add(kind, text);
  // The text of a bound depends on the type, so bounds are comparable only if the type is unchanged.
  const checks = old.type.kind === now.type.kind ? diffChecks(old.steps, now.steps) : undefined;
  if (checks) add('change-checks', checkWords[checks], checks);
}

const checkWords = {
  'loosen-checks': 'its checks accept more values',
  'tighten-checks': 'its checks accept fewer values',
  'change-checks': 'its checks accept other values',
};

function diffPresence(old: Column, now: Column, add: AddChange): void {
  if (old.nullable && !now.nullable)
    add(
      'make-required',
      'is now required',
      now.default === undefined ? 'make-required' : 'make-required-with-default',
    );
  else if (!old.nullable && now.nullable) add('make-optional', 'may now be null');
  else if (old.default !== now.default)
    add(
      'change-default',
      `its default was ${old.default ?? 'none'} and is ${now.default ?? 'none'}`,
      now.default === undefined ? 'remove-default' : 'change-default',
    );
  const before = [...new Set([old.name, ...old.renamedFrom])].filter((name) => name !== now.name);
  for (const name of missingFrom(now.renamedFrom, before))
    add('remove-former-name', `no longer read from ${name} in old files`, undefined, name);
  for (const name of missingFrom(before, now.renamedFrom))
    add('add-former-name', `also read from ${name} in old files`, undefined, name);
}

const placeText = (path: readonly PathStep[] | undefined): string =>
  path ? `the path ${pathText(path)}` : 'its name';

function diffWords(old: Column, now: Column, add: AddChange): void {
  if (old.pii !== now.pii) {
    const raised = piiClasses.indexOf(now.pii) > piiClasses.indexOf(old.pii);
    add('change-pii', `its PII class was ${old.pii} and is ${now.pii}`, raised ? 'raise-pii' : 'lower-pii');
  }
  if (old.description !== now.description) add('change-description', 'its description changed');
  if (old.unit !== now.unit)
    add(
      'change-unit',
      `its unit was ${old.unit ?? 'not set'} and is ${now.unit ?? 'not set'}`,
      old.unit === undefined || now.unit === undefined ? 'set-unit' : 'change-unit',
    );
  const [was, is] = [placeText(old.path), placeText(now.path)];
  if (was !== is) add('change-path', `was read from ${was} in raw files and is read from ${is}`);
  for (const alias of missingFrom(old.aliases, now.aliases))
    add('add-alias', `also read from ${alias} in raw files`, undefined, alias);
  // Raw files are also read by former names.
  for (const alias of missingFrom([...now.aliases, ...now.renamedFrom], old.aliases))
    add('remove-alias', `no longer read from ${alias} in raw files`, undefined, alias);
}
