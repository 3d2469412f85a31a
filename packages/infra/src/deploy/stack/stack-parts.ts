import { kindWords } from './resource-kinds.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** A part of a stack, with the numbers of its resources by what they are called. */
export interface StackPart {
  readonly part: string;
  readonly resources: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/**
 * The part of the platform that a construct belongs to: the room below the construct of the platform.
 *
 * @example partOf('headwater-shop/Platform/catalog/Database') // 'catalog'
 */
export function partOf(path: string): string {
  const [, first = path, second] = path.split('/');
  const part = first === 'Platform' && second !== undefined ? second : first;
  return part.charAt(0).toLowerCase() + part.slice(1);
}

/** What a stack has, by part, in the order of the template. */
export function stackParts({ template, paths }: SynthesizedStack): StackPart[] {
  const parts = new Map<string, Map<string, number>>();
  for (const [id, { Type }] of Object.entries(template.Resources ?? {})) {
    const part = partOf(paths.get(id) ?? id);
    const kinds = parts.get(part) ?? new Map<string, number>();
    kinds.set(kindWords(Type), (kinds.get(kindWords(Type)) ?? 0) + 1);
    parts.set(part, kinds);
  }
  return [...parts].map(([part, kinds]) => ({
    part,
    resources: [...kinds.values()].reduce((sum, count) => sum + count, 0),
    kinds: Object.fromEntries([...kinds].sort(([, a], [, b]) => b - a)),
  }));
}
