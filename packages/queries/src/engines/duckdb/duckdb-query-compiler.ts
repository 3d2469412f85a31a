import { AnswerCompiler } from '../common/answer-compiler.ts';
import { duckdbFunctions } from './duckdb-functions.ts';

/** Writes queries for DuckDB, with `$1` placeholders. No column of a lake is unsigned, so that is the type of counts. */
export class DuckdbQueryCompiler extends AnswerCompiler {
  protected override readonly countType = 'ubigint';
  protected override readonly functions = duckdbFunctions;
}
