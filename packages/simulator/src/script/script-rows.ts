/** Rows of a script as columns that grow. */
export class ScriptRows {
  count = 0;
  /** Seconds since the start of the run. */
  second = new Int32Array(1024);
  session = new Int32Array(1024);
  product = new Int32Array(1024);
  /** Index into `eventTypes`. */
  type = new Uint8Array(1024);

  add(session: number, second: number, type: number, product: number): void {
    if (this.count === this.second.length) this.grow();
    const row = this.count++;
    this.session[row] = session;
    this.second[row] = second;
    this.type[row] = type;
    this.product[row] = product;
  }

  /** The rows in the order of their time, without those that `keeps` refuses. Rows of one second keep their order. */
  inOrder(keeps: (row: number) => boolean): Int32Array {
    const rows = Int32Array.from({ length: this.count }, (_, row) => row).filter(keeps);
    return rows.sort((one, other) => (this.second[one] ?? 0) - (this.second[other] ?? 0) || one - other);
  }

  private grow(): void {
    const to = this.second.length * 2;
    const int32 = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(to);
      grown.set(old);
      return grown;
    };
    this.second = int32(this.second);
    this.session = int32(this.session);
    this.product = int32(this.product);
    const type = new Uint8Array(to);
    type.set(this.type);
    this.type = type;
  }
}
