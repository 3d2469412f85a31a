/** A parameter that stands where Athena takes no placeholder: its literal is put into the statement when it is sent. */
export class InlineParameter {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  /** Where parameters are shown, the value is what matters. */
  toJSON(): unknown {
    return this.value;
  }
}
