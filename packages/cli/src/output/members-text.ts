import { mostMembers } from '@headwater/stream/detect';
import { grouped } from './figures.ts';

/** How many actors an incident names: `12`, or `200 or more` where it names as many as it can. */
export const membersText = ({ length }: readonly string[]): string =>
  length < mostMembers ? grouped(length) : `${grouped(mostMembers)} or more`;
