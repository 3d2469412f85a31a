import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import {
  askFlinkQuestions,
  type FlinkQuestionsOptions,
  flinkSettings,
  questionSelect,
  questionViews,
} from './ask-questions.ts';
import type { FlinkFiles, FlinkKinesisLegacy } from './flink-connector.ts';
import { settingsText, statementsText } from './flink-script.ts';
import { deriveFlinkTable } from './flink-table.ts';

/** What a notebook reads. */
export interface FlinkNotebookOptions extends FlinkQuestionsOptions {
  /** The stream by the options of Studio's connector, or files. */
  readonly source: FlinkKinesisLegacy | FlinkFiles;
}

/** A paragraph of a notebook. */
export interface FlinkParagraph {
  readonly title: string;
  readonly text: string;
  readonly user: string;
  readonly dateUpdated: string;
  readonly config: object;
  readonly settings: { readonly params: object; readonly forms: object };
  readonly apps: readonly object[];
  readonly progressUpdateIntervalMs: number;
  readonly jobName: string;
  readonly id: string;
  readonly dateCreated: string;
  readonly status: 'READY';
}

/** A notebook of Zeppelin, as its `.zpln` file has it. */
export interface FlinkNotebook {
  readonly paragraphs: readonly FlinkParagraph[];
  readonly name: string;
  readonly id: string;
  readonly defaultInterpreterGroup: 'flink';
  readonly version: '0.10.0';
  readonly noteParams: object;
  readonly noteForms: object;
  readonly angularObjects: object;
  readonly config: { readonly isZeppelinNotebookCronEnable: false };
  readonly info: object;
}

/** The same notebook has the same text, so its times are those of no run. */
const created = '2020-01-01 00:00:00.000';
const createdMilliseconds = 1_577_836_800_000;

/**
 * A notebook of Managed Flink Studio, which has Flink 1.15: the stream and its views, then one paragraph for each question. Its text has
 * the former options of the connector, and the session windows of GROUP BY, because Flink 1.15 has no others. Nothing is written to a sink:
 * a paragraph shows what is found while it runs.
 *
 * @throws HeadwaterError like `deriveFlinkJob`
 * @example
 * ```ts
 * const source = { connector: 'kinesis-legacy', stream: 'clicks', region: 'eu-central-1' } as const;
 * await writeFile('clicks.zpln', JSON.stringify(deriveFlinkNotebook(clickstream.schema, { source })));
 * ```
 */
export function deriveFlinkNotebook(schema: TableSchema, options: FlinkNotebookOptions): FlinkNotebook {
  const by: unknown = Object(options?.source).connector;
  if (by !== 'kinesis-legacy' && by !== 'filesystem')
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'source.connector',
      value: String(by),
      expected: 'kinesis-legacy, the connector of Studio, or filesystem',
    });
  const table = deriveFlinkTable(schema, options.source, options);
  const asked = askFlinkQuestions(schema, table.events, options, true);
  const differences = [...table.differences, ...asked.flatMap((one) => one.differences)];
  const notes = differences.map(({ of, text }) => `- \`${of}\`: ${text}.`);
  const texts: (readonly [title: string, language: 'markdown' | 'sql', text: string])[] = [
    [
      schema.name,
      'markdown',
      `%md\n# ${schema.name}\n${schema.description}\n\nWhere answers differ from those over the lake:\n\n${notes.join('\n')}\n`,
    ],
    ['Settings', 'sql', `%flink.ssql\n${settingsText(flinkSettings(options))}`],
    ...[...table.statements, ...questionViews(asked)].map(
      (statement) => [statement.name, 'sql', `%flink.ssql\n${statementsText([statement])}`] as const,
    ),
    ...asked.map(
      ({ question: { title, definition, nullSessions, nullActors }, ...answer }) =>
        [
          title,
          'sql',
          [
            '%flink.ssql(type=update, refreshInterval=2000)',
            `-- ${definition}.`,
            `-- Events without a session: ${nullSessions}. Events without an actor: ${nullActors}.`,
            `${questionSelect(answer)};\n`,
          ].join('\n'),
        ] as const,
    ),
  ];
  return {
    paragraphs: texts.map(([title, language, text], at) =>
      paragraph(title, language, withoutForms[language](text), at),
    ),
    name: `headwater_${schema.name}`,
    id: noteId(schema.name),
    defaultInterpreterGroup: 'flink',
    version: '0.10.0',
    noteParams: {},
    noteForms: {},
    angularObjects: {},
    config: { isZeppelinNotebookCronEnable: false },
    info: {},
  };
}

/**
 * Texts without the beginning of a form: Zeppelin replaces what stands between `${` and `}` by what a reader puts into it
 * (https://zeppelin.apache.org/docs/0.10.0/usage/dynamic_form/intro.html).
 */
const withoutForms = {
  markdown: (text: string): string => text.replaceAll('${', () => '$\\{'),
  sql: (text: string): string =>
    text.replace(/`[^`]*`|'(?:[^']|'')*'/g, (part) =>
      part.startsWith("'") ? part.replaceAll('${', () => "$' || '{") : part,
    ),
} as const;

function paragraph(title: string, language: 'markdown' | 'sql', text: string, at: number): FlinkParagraph {
  const id = `paragraph_${createdMilliseconds}_${at + 1}`;
  return {
    title,
    text,
    user: 'anonymous',
    dateUpdated: created,
    config: {
      title: true,
      colWidth: 12,
      fontSize: 9,
      enabled: true,
      results: {},
      editorSetting: {
        language,
        editOnDblClick: language === 'markdown',
        completionKey: 'TAB',
        completionSupport: language === 'sql',
      },
      editorMode: `ace/mode/${language}`,
    },
    settings: { params: {}, forms: {} },
    apps: [],
    progressUpdateIntervalMs: 500,
    jobName: id,
    id,
    dateCreated: created,
    status: 'READY',
  };
}

/** An id in Zeppelin's form, nine letters and digits that begin with 2, which follows from the name (FNV-1a). */
function noteId(name: string): string {
  let [first, second] = [0x811c9dc5, 0x811c9dc5];
  for (const byte of new TextEncoder().encode(name)) {
    first = Math.imul(first ^ byte, 0x01000193) >>> 0;
    second = Math.imul(second + byte, 0x01000193) >>> 0;
  }
  const letters = `${first.toString(36)}${second.toString(36)}`.toUpperCase().padStart(8, '0');
  return `2${letters.slice(-8)}`;
}
