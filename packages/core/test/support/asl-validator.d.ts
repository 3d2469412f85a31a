declare module 'asl-validator' {
  /** Checks a state machine, its paths and its ARNs against the Amazon States Language. */
  export default function aslValidator(
    definition: object,
    options?: { readonly checkPaths?: boolean; readonly checkArn?: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly unknown[]; errorsText(): string };
}
