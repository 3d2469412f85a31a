import type { DefinitionDrift, DriftFinding, DriftReport, StrayTable, TableDrift } from '@headwater/publish';
import type { Console } from '../output/console.ts';
import { cutText } from '../output/cut-text.ts';
import { shellWord } from '../output/shell-word.ts';

/** Texts of a finding are cut: that of a view has thousands of characters. */
const mostCharacters = 80;

/** Prints what differs, table by table, with what to do about it. */
export async function printDrift(console: Console, report: DriftReport): Promise<void> {
  const { database, tables, strays, unpublished } = report;
  for (const { table, drifts } of tables) {
    for (const drift of drifts) await printTable(console, drift);
    await console.print(fixText(table, drifts));
    await console.print();
  }
  for (const stray of strays) await console.print(strayText(stray, database));
  for (const table of unpublished)
    await console.print(
      `Undecided: ${table} has no saved version, and Glue has no table of it. headwater schema publish makes it.`,
    );
  if (tables.length + strays.length + unpublished.length === 0)
    await console.print(`No drift: the tables of ${database} are as they were published.`);
}

async function printTable(
  console: Console,
  { name, version, crawler, findings, release }: TableDrift,
): Promise<void> {
  const { style } = console;
  const by = crawler === null ? '' : `, updated by ${crawlerText(crawler)}`;
  const compared = version === null ? 'compared with the latest version' : `version ${version}`;
  await console.print(`${style('bold', name)}  ${compared}${by}`);
  for (const finding of findings) await console.print(`  ${style('yellow', findingText(finding))}`);
  if (release !== null)
    await console.print(
      `  Headwater ${release} published it, and may derive it differently: publish once more to tell the two apart.`,
    );
}

const words: { readonly [Kind in DriftFinding['kind']]: string } = {
  'table-missing': 'is missing',
  'marks-removed': 'are gone, as after a crawler that updates tables',
  'column-added': 'was added',
  'column-removed': 'was removed',
  'column-type': 'has another type',
  'column-comment': 'has another comment',
  'column-parameters': 'has other parameters',
  'column-order': 'differs',
  'key-added': 'was added',
  'key-removed': 'was removed',
  'key-type': 'has another type',
  'key-comment': 'has another comment',
  'key-parameters': 'has other parameters',
  'key-order': 'differs',
  location: 'differs',
  format: 'differs',
  parameter: 'differs',
  description: 'differs',
  view: 'has another text',
};

/** The kinds of parts whose name does not say what they are. */
const titles: Readonly<Record<string, string>> = {
  column: 'column ',
  key: 'partition key ',
  parameter: 'parameter ',
};

function findingText({ kind, part, is, published }: DriftFinding): string {
  const [of = ''] = kind.split('-');
  const title = /-order$/.test(kind) ? '' : (titles[of] ?? '');
  const values =
    kind === 'table-missing' || kind === 'marks-removed'
      ? ''
      : is === null
        ? ` (published: ${short(published)})`
        : published === null
          ? ` (${short(is)})`
          : `: ${short(is)}, published: ${short(published)}`;
  return `${title}${part} ${words[kind]}${values}`;
}

const short = (text: string | null): string => cutText(text ?? 'none', mostCharacters);

const crawlerText = (name: string): string => (name === '' ? 'a crawler' : `the crawler ${name}`);

/** The command that puts a definition's tables right. */
function fixText(table: string, drifts: DefinitionDrift['drifts']): string {
  const allow = drifts.flatMap((drift) => drift.allow).map((id) => ` --allow ${shellWord(id)}`);
  const keep = drifts.some(({ crawler }) => crawler !== null)
    ? ' Then let the crawler write elsewhere, or log changes only: headwater derive crawler.'
    : '';
  return `To put it right: headwater schema publish --table ${shellWord(table)}${allow.join('')}.${keep}`;
}

function strayText({ name, location, crawler, isInLake }: StrayTable, database: string): string {
  const made =
    crawler === null ? 'was made beside the published tables' : `was made by ${crawlerText(crawler)}`;
  const where = isInLake
    ? `, over files of the lake (${location})`
    : location === null
      ? ''
      : ` (${location})`;
  const crawls =
    crawler === null ? '' : ', and let the crawler write to a database of its own: headwater derive crawler';
  return `${database}.${name} ${made}${where}. If nobody needs it, delete it in Glue${crawls}.`;
}
