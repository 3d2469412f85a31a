import type { Construct, IConstruct } from 'constructs';
import type { PlatformPart } from '../config/platform-part.ts';

/**
 * Something that another part of the platform has made, to depend on: names are plain texts, which say no order. Undefined where the
 * platform does not have that part, or the part not that thing.
 *
 * @param part a construct of the platform
 * @param path the id of the other part, and ids below it
 */
export const otherPart = (
  part: Construct,
  [name, ...path]: readonly [PlatformPart, ...string[]],
): IConstruct | undefined =>
  path.reduce<IConstruct | undefined>(
    (found, id) => found?.node.tryFindChild(id),
    part.node.scope?.node.tryFindChild(name),
  );
