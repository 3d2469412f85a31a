import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';

const updateTable = z.object({
  CatalogId: z.string().optional(),
  DatabaseName: z.string(),
  TableInput: z.object({ Name: z.string() }),
  VersionId: z.string().optional(),
  SkipArchive: z.boolean().optional(),
});

const getTable = z.object({ Table: z.object({ VersionId: z.string().optional() }) });

/** The emulator's answer to a request. */
export interface GlueAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Glue's UpdateTable with what the emulator lacks: an update of a stale version is rejected, and SkipArchive keeps no old
 * version. Updates of one table run one after the other, so that of two updates of the same version one is rejected.
 * Without VersionId the last writer wins, as on AWS.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html
 */
export class TableUpdates {
  readonly #moto: string;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(moto: string) {
    this.#moto = moto;
  }

  /** @throws AwsError ConcurrentModificationException */
  update(request: IncomingMessage, body: Buffer): Promise<GlueAnswer> {
    const update = updateTable.parse(JSON.parse(body.toString('utf8')));
    const table = `${update.DatabaseName}.${update.TableInput.Name.toLowerCase()}`;
    const before = this.#last.get(table) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.#updateNow(request, body, update));
    this.#last.set(table, turn);
    const forget = (): void => {
      if (this.#last.get(table) === turn) this.#last.delete(table);
    };
    turn.then(forget, forget);
    return turn;
  }

  async #updateNow(
    request: IncomingMessage,
    body: Buffer,
    update: z.infer<typeof updateTable>,
  ): Promise<GlueAnswer> {
    const { DatabaseName, CatalogId, VersionId, SkipArchive } = update;
    const name = update.TableInput.Name;
    const table = { ...(CatalogId === undefined ? {} : { CatalogId }), DatabaseName };
    const current =
      VersionId === undefined && !SkipArchive
        ? undefined
        : await this.#send(request, 'GetTable', JSON.stringify({ ...table, Name: name }));
    if (current !== undefined && current.status !== 200) return current;
    const version = current && getTable.parse(JSON.parse(current.text)).Table.VersionId;
    if (VersionId !== undefined && version !== VersionId)
      throw new AwsError(
        'ConcurrentModificationException',
        `Update table failed due to concurrent modifications: the version is ${version}, not ${VersionId}`,
      );
    const answer = await this.#send(request, 'UpdateTable', body);
    if (SkipArchive && answer.status === 200)
      await this.#send(
        request,
        'DeleteTableVersion',
        JSON.stringify({ ...table, TableName: name, VersionId: version }),
      );
    return answer;
  }

  async #send(request: IncomingMessage, operation: string, body: string | Buffer): Promise<GlueAnswer> {
    const response = await fetch(this.#moto, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSGlue.${operation}`,
        // Names the service and the account; the emulator checks no signature.
        authorization: request.headers.authorization ?? '',
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: response.status, text: await response.text() };
  }
}
