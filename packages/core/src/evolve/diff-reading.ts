import type { CleaningStep } from '../table/cleaning-step.ts';
import { type Column, parseOf } from '../table/table-schema.ts';
import { isTextStep } from '../table/text-step.ts';
import type { ChangeKind } from './schema-change.ts';

/** One change of how the raw texts of a column are read. */
interface ReadingChange {
  readonly kind: ChangeKind;
  readonly text: string;
}

/** Text steps whose change has a kind of its own. */
const ownKinds: ReadonlySet<CleaningStep['step']> = new Set(['map', 'null-texts']);

/** Every change of how raw texts become values: text steps, codes, null texts, formats, and what a bad value becomes. */
export function diffReading(old: Column, now: Column): ReadingChange[] {
  const changes: ReadingChange[] = [];
  const compare = (kind: ChangeKind, text: string, read: (column: Column) => unknown): void => {
    if (JSON.stringify(read(old)) !== JSON.stringify(read(now))) changes.push({ kind, text });
  };
  const only = (name: CleaningStep['step']) => (column: Column) =>
    column.steps.filter(({ step }) => step === name);
  const places = ({ steps }: Column): string[] => steps.filter(isTextStep).map(({ step }) => step);
  const others = ({ steps }: Column) => steps.filter((step) => isTextStep(step) && !ownKinds.has(step.step));
  const shared = (column: Column, other: Column): string[] =>
    places(column).filter((name) => places(other).includes(name));
  const isMoved = shared(old, now).join() !== shared(now, old).join();
  if (isMoved || JSON.stringify(others(old)) !== JSON.stringify(others(now)))
    changes.push({ kind: 'change-text-steps', text: 'its text steps changed' });
  compare('change-null-texts', 'its null texts changed', only('null-texts'));
  compare('change-map', 'its map changed', only('map'));
  // A change of the type is reported on its own, and changes the format too.
  if (old.type.kind === now.type.kind) {
    compare('change-time-format', 'its times are read otherwise', (column) => parseOf(column).time);
    compare('change-number-format', 'its numbers are read otherwise', (column) => parseOf(column).number);
  }
  if (old.invalid !== now.invalid)
    changes.push({
      kind: 'change-invalid',
      text: now.invalid ? 'a bad value is now null' : 'a row with a bad value is now rejected',
    });
  return changes;
}
