import type { RoleName } from '../../../table/role-table.ts';
import type { TableSchema } from '../../../table/table-schema.ts';
import type { FlinkDifferenceCode } from '../flink-differences.ts';

/** A column of an answer. */
export interface FlinkAnswerColumn {
  readonly name: string;
  /** Flink's type. */
  readonly type: string;
  readonly sql: string;
}

/** What the SQL of a question is made from. */
export interface FlinkQuestionContext<Parameters extends object> {
  readonly schema: TableSchema;
  /** The view of clean events, each once. */
  readonly events: string;
  readonly parameters: Parameters;
  /** Whether the SQL is for Studio, whose Flink 1.15 has the session window of GROUP BY alone. */
  readonly studio: boolean;
}

/** A question in Flink SQL. */
export interface FlinkAnswer {
  /** Views that the answer reads, by name. Questions may share them. */
  readonly views?: Readonly<Record<string, string>>;
  /** The columns of the answer, in order. */
  readonly columns: readonly FlinkAnswerColumn[];
  /** What follows the columns: `FROM ...`. Its rows are only ever added, so that a stream can take them. */
  readonly from: string;
}

/** A question that a stream answers as it goes. */
export interface FlinkQuestion<Parameters extends object = object> {
  readonly title: string;
  /** What a row of the answer is. */
  readonly definition: string;
  /** Roles that the table must have. */
  readonly roles: readonly RoleName[];
  /** What happens to events without a session or an actor. */
  readonly nullSessions: string;
  readonly nullActors: string;
  /** The parameters and their defaults: whole numbers, and lists of actions. */
  readonly parameters: Parameters;
  // Methods, so that a question with particular parameters is assignable to `FlinkQuestion`.
  /** Defaults that follow from the definition of the table. */
  defaults?(schema: TableSchema): Partial<Parameters>;
  /** Actions that the table must have. */
  actions(parameters: Parameters): readonly string[];
  differences(context: FlinkQuestionContext<Parameters>): readonly FlinkDifferenceCode[];
  answer(context: FlinkQuestionContext<Parameters>): FlinkAnswer;
}

/** Declares a question. The types of its parameters reach its functions. */
export const defineFlinkQuestion = <Parameters extends object>(
  question: FlinkQuestion<Parameters>,
): FlinkQuestion<Parameters> => question;
