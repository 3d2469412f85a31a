import { evaluate, type Scope } from '../template/evaluate.ts';
import type { StackDescription, StackOutput } from './stack.ts';

/** The outputs of a stack whose condition holds. */
export function stackOutputs({ template }: StackDescription, scope: Scope): StackOutput[] {
  return Object.entries(template.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([OutputKey, { Value, Description, Export }]) => ({
      OutputKey,
      OutputValue: String(evaluate(Value, scope)),
      Description,
      ...(Export === undefined ? {} : { ExportName: String(evaluate(Export.Name, scope)) }),
    }));
}
