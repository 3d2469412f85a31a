/** What is wrong with a part of a definition, and what to do about it. `DEFINITION_INVALID` carries both. */
export interface DefinitionProblem {
  readonly problem: string;
  readonly fix: string;
}
