import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** How the steps before, or the jobs that a job needs, have ended: what `success()` and its like ask. */
export interface StatusSoFar {
  readonly failed: boolean;
  readonly skipped: boolean;
}

/** Evaluates expressions of GitHub with its own evaluator, over plain values as contexts: `github`, `vars`, `steps` and so on. */
export function createEvaluator(contexts: Readonly<Record<string, unknown>>, status: StatusSoFar) {
  const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const answer = (name: string, call: () => boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(call()),
  });
  const functions = [
    answer('success', () => !status.failed && !status.skipped),
    answer('failure', () => status.failed),
    answer('always', () => true),
    answer('cancelled', () => false),
  ];
  const evaluate = (expression: string): data.ExpressionData => {
    const { tokens } = new Lexer(expression).lex();
    const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
    return new Evaluator(parsed, dictionary, new Map(functions.map((one) => [one.name, one]))).evaluate();
  };
  return {
    /** Whether a condition is met, as `if:` has it, with or without the braces. */
    isTrue: (condition: string): boolean => {
      const value = evaluate(condition.replace(/^\$\{\{(.*)\}\}$/s, '$1'));
      return !['', 'false', '0'].includes(value.coerceString());
    },
    /** A text with the values of its expressions. */
    text: (template: string): string =>
      template.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
        evaluate(expression).coerceString(),
      ),
  };
}
