import { AnswerCompiler } from '../common/answer-compiler.ts';
import { duckdbFunctions } from './duckdb-functions.ts';

/** Writes queries for DuckDB, with `$1` placeholders. Counts are unsigned, since no column of a lake is. */
export class DuckdbQueryCompiler extends AnswerCompiler {
  protected override readonly countType = 'ubigint';
  protected override readonly functions = duckdbFunctions;
}
