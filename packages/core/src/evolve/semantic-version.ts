/** The part of a version that a change increments. */
export type VersionPart = 'major' | 'minor' | 'patch';

const parts: readonly VersionPart[] = ['major', 'minor', 'patch'];

/** The most significant of the parts. Undefined when there are none. */
export function largestPart(moved: readonly VersionPart[]): VersionPart | undefined {
  return parts.find((part) => moved.includes(part));
}

/**
 * The next version (https://semver.org): major for breaking changes, minor for other changes, patch for descriptions and order.
 * @example nextVersion('1.2.3', 'minor') // '1.3.0'
 */
export function nextVersion(version: string, part: VersionPart): string {
  const place = parts.indexOf(part);
  const figures = version.split('.').map(Number);
  return parts
    .map((_, index) => (index < place ? figures[index] : index === place ? (figures[index] ?? 0) + 1 : 0))
    .join('.');
}
