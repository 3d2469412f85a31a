/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  /** What happens to it when it leaves the stack. Defaults to `Delete`. */
  readonly DeletionPolicy?: string;
  /** What happens to the old one when it is replaced. Defaults to `Delete`. */
  readonly UpdateReplacePolicy?: string;
}

/** The part of a CloudFormation template that is read here. */
export interface StackTemplate {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** Whether a policy of a resource leaves it where it is. */
export const isRetaining = (policy: unknown): boolean =>
  policy === 'Retain' || policy === 'RetainExceptOnCreate';
