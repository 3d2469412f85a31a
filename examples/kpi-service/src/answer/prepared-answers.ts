/** Answers of one tenant by name, the least recently used first: a Map keeps the order of insertion. */
interface OwnAnswers {
  readonly bodies: Map<string, Uint8Array<ArrayBuffer>>;
  bytes: number;
}

/**
 * Bodies of answers that can be sent again, in memory up to a number of bytes. Each tenant has its own: none is found by another, and what
 * is removed for room is of the tenant that has the most. So a tenant cannot push out what others need.
 */
export class PreparedAnswers {
  readonly #mostBytes: number;
  readonly #tenants = new Map<string, OwnAnswers>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(tenant: string, name: string): Uint8Array<ArrayBuffer> | undefined {
    const own = this.#tenants.get(tenant);
    const body = own?.bodies.get(name);
    if (own && body) {
      own.bodies.delete(name);
      own.bodies.set(name, body);
    }
    return body;
  }

  set(tenant: string, name: string, body: Uint8Array<ArrayBuffer>): void {
    const own = this.#tenants.get(tenant) ?? { bodies: new Map(), bytes: 0 };
    this.#tenants.set(tenant, own);
    this.#remove(own, name);
    own.bodies.set(name, body);
    this.#add(own, body.byteLength);
    while (this.#bytes > this.#mostBytes) this.#removeOldest(this.#largest());
  }

  #largest(): OwnAnswers {
    return [...this.#tenants.values()].reduce((one, other) => (other.bytes > one.bytes ? other : one));
  }

  #removeOldest(own: OwnAnswers): void {
    const [oldest] = own.bodies.keys();
    if (oldest !== undefined) this.#remove(own, oldest);
  }

  #remove(own: OwnAnswers, name: string): void {
    const body = own.bodies.get(name);
    if (!body) return;
    own.bodies.delete(name);
    this.#add(own, -body.byteLength);
  }

  #add(own: OwnAnswers, bytes: number): void {
    own.bytes += bytes;
    this.#bytes += bytes;
  }
}
