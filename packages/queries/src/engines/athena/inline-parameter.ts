/** A parameter in a place where Athena takes no placeholder. Its literal becomes part of the statement that is sent. */
export class InlineParameter {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  /** Shown parameters are shown by their value. */
  toJSON(): unknown {
    return this.value;
  }
}
