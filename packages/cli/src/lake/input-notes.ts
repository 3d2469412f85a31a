import type { LoadReport } from '@headwater/etl';
import { counted } from '../output/figures.ts';

const shownNames = 3;

/** The places of which a load listed a part. */
export const listingLines = ({ listings }: Pick<LoadReport, 'listings'>): string[] =>
  listings.flatMap(({ location, from, omitted }) =>
    from === null
      ? []
      : [`listed ${location} from ${from}: ${counted(omitted, 'folder')} of earlier days not listed`],
  );

/**
 * What a load says of its inputs beside the counts: what it left out of folders and why, which inputs were empty, and which
 * columns it did not read. One line for each, with some of the names; `--json` has all.
 */
export function inputNotes({ inputs, leftOut }: Pick<LoadReport, 'inputs' | 'leftOut'>): string[] {
  const byReason = Map.groupBy(leftOut, ({ why }) => why);
  const empty = inputs.filter(({ isEmpty }) => isEmpty);
  const repeated = Map.groupBy(
    inputs.filter((input) => input.repeated.length > 0),
    (input) => input.repeated.join(', '),
  );
  const gaps = Map.groupBy(
    inputs.filter(({ unread }) => unread.length > 0),
    ({ unread, absent }) =>
      `ignored, because the table has no such column: ${unread.join(', ')}` +
      (absent.length > 0 ? `; missing from the file: ${absent.join(', ')}` : ''),
  );
  return [
    ...[...byReason].map(([why, files]) => `left out: ${namesOf(files)}: ${why}`),
    ...(empty.length > 0 ? [`empty, 0 bytes: ${namesOf(empty)}`] : []),
    ...[...repeated].map(
      ([columns, files]) =>
        `ignored, because another column of the file has the name: ${columns} (${placeOf(files)})`,
    ),
    ...[...gaps].map(([words, files]) => `${words} (${placeOf(files)})`),
  ];
}

type Named = readonly { readonly source: string }[];

function namesOf(files: Named): string {
  const rest = files.length - shownNames;
  const names = files.slice(0, shownNames).map(({ source }) => source);
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

const placeOf = (files: Named): string => (files.length > 1 ? `${files.length} files` : namesOf(files));
