/** The latest answer to a question. */
interface PreparedAnswer {
  /** Of the files that it follows from: another one after a commit. */
  readonly key: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Answers of one tenant by question, the least recently used first: a Map keeps the order of insertion. */
interface OwnAnswers {
  readonly answers: Map<string, PreparedAnswer>;
  bytes: number;
}

/**
 * Bodies of answers that can be sent again, in memory up to a number of bytes. Each tenant has its own: none is found by another, and what
 * is removed for room is of the tenant that has the most. So a tenant cannot push out what others need. A question has one answer: a commit
 * leaves none behind that nobody can ask for.
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

  /** @param key what the answer has to be of */
  get(tenant: string, question: string, key: string): Uint8Array<ArrayBuffer> | undefined {
    const own = this.#tenants.get(tenant);
    const answer = own?.answers.get(question);
    if (!own || answer?.key !== key) return undefined;
    own.answers.delete(question);
    own.answers.set(question, answer);
    return answer.body;
  }

  set(tenant: string, question: string, answer: PreparedAnswer): void {
    const own = this.#tenants.get(tenant) ?? { answers: new Map(), bytes: 0 };
    this.#tenants.set(tenant, own);
    this.#remove(own, question);
    own.answers.set(question, answer);
    this.#add(own, sizeOf(question, answer));
    while (this.#bytes > this.#mostBytes) this.#removeOldest(this.#largest());
  }

  #largest(): OwnAnswers {
    return [...this.#tenants.values()].reduce((one, other) => (other.bytes > one.bytes ? other : one));
  }

  #removeOldest(own: OwnAnswers): void {
    const [oldest] = own.answers.keys();
    if (oldest !== undefined) this.#remove(own, oldest);
  }

  #remove(own: OwnAnswers, question: string): void {
    const answer = own.answers.get(question);
    if (!answer) return;
    own.answers.delete(question);
    this.#add(own, -sizeOf(question, answer));
  }

  #add(own: OwnAnswers, bytes: number): void {
    own.bytes += bytes;
    this.#bytes += bytes;
  }
}

const sizeOf = (question: string, { key, body }: PreparedAnswer): number =>
  question.length + key.length + body.byteLength;
