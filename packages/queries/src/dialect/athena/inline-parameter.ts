/** A parameter that stands where Athena takes no placeholder: its literal is put into the statement when it is sent. */
export class InlineParameter {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}
