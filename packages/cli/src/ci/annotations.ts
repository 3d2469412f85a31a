import { dirname, join, relative } from 'node:path';
import type { VerdictName } from '@headwater/core/internal';
import type { TableCheck } from '../schema/check-table.ts';
import { effectTexts } from '../schema/effect-texts.ts';
import { readSourcePlaces, type SourcePlace } from './source-places.ts';

/** A finding at a place of the code, if it has one. */
interface Annotation {
  readonly title: string;
  readonly text: string;
  readonly place: SourcePlace | undefined;
  readonly column?: number;
}

/**
 * What a check found as commands of GitHub's workflows, which show each at its line of the pull request. Metrics come first: GitHub shows ten
 * of a step.
 *
 * @param config the file of the config
 * @param top the folder that GitHub names files from: the top of the repository
 * @returns lines such as `::error file=events.ts,line=7,title=Metric top-brands stops::No column plays the brand.`
 *   (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message)
 */
export async function annotationsOf(
  checks: readonly TableCheck[],
  config: string,
  top: string,
): Promise<string[]> {
  const folder = dirname(config);
  const places = await readSourcePlaces(folder);
  return checks
    .flatMap(({ table, comparison, open, broken, problems, exitCode }): Annotation[] => {
      const placeOf = (id: string | null): SourcePlace | undefined => {
        const column = comparison.diff.changes.find((change) => change.id === id)?.column;
        return column === undefined ? places.table(table) : places.column(table, column);
      };
      const { queries } = comparison;
      return [
        ...broken.map(({ metric, effect, reason, change }) => ({
          title: `Metric ${metric} ${effectTexts[effect]}`,
          text: change === null ? reason : `${reason} (${change})`,
          place: places.metric(metric) ?? placeOf(change),
        })),
        ...(queries.status === 'checked' ? queries.errors : []).map(
          ({ file, line, column, code, message }) => ({
            title: 'Query no longer compiles',
            text: `${code} ${message}`,
            place: { file: join(folder, file), line },
            column,
          }),
        ),
        ...problems.map((text) => ({ title: `Versions of ${table}`, text, place: places.table(table) })),
        ...(exitCode === 2 ? comparison.diff.changes : open).map(({ id, text, verdicts }) => ({
          title: id,
          text: [text, ...reasonsOf(verdicts, exitCode === 2 ? 'unknown' : 'incompatible')].join(' '),
          place: placeOf(id),
        })),
      ];
    })
    .map((annotation) => commandOf(annotation, top));
}

const reasonsOf = (verdicts: TableCheck['open'][number]['verdicts'], wanted: VerdictName): string[] => [
  ...new Set(
    Object.values(verdicts)
      .filter(({ verdict }) => verdict === wanted)
      .map(({ reason }) => reason),
  ),
];

function commandOf({ title, text, place, column }: Annotation, top: string): string {
  const file = place && relative(top, place.file).replaceAll('\\', '/');
  const properties = {
    // A file outside the repository has no line to show anything at.
    ...(file === undefined || file.startsWith('..') ? {} : { file, line: place?.line, col: column }),
    title,
  };
  const list = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${property(String(value))}`);
  return `::error ${list.join(',')}::${data(text)}`;
}

// As the runner reads them: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
