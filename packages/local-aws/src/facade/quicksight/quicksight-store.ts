import { randomUUID } from 'node:crypto';
import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import { type Asset, type AssetKind, Assets } from './assets.ts';

/** A run that fills a data set in SPICE. */
export interface Ingestion {
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  /** How often it was read: it is queued, runs, and is completed. */
  looks: number;
}

/** What an account has in QuickSight in one region. */
export class QuickSightStore {
  readonly assets: Readonly<Record<AssetKind, Assets>> = {
    datasource: new Assets('datasource'),
    dataset: new Assets('dataset'),
    theme: new Assets('theme'),
    analysis: new Assets('analysis'),
    dashboard: new Assets('dashboard'),
  };
  /** By ARN. */
  readonly tags = new Map<string, ReadonlyMap<string, string>>();
  /** Schedules by data set and id. */
  readonly schedules = new Map<string, Map<string, Members>>();
  /** Settings of incremental refreshes, by data set. */
  readonly refreshProperties = new Map<string, Members>();
  /** Runs by data set and id. */
  readonly ingestions = new Map<string, Map<string, Ingestion>>();
  readonly #region: string;
  readonly #account: string;

  constructor(region: string, account: string) {
    this.#region = region;
    this.#account = account;
  }

  /** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonquicksight.html */
  arn(kind: AssetKind, id: string): string {
    return `arn:aws:quicksight:${this.#region}:${this.#account}:${kind}/${id}`;
  }

  /** The asset of an ARN. Undefined for one that does not exist here. */
  find(arn: string): Asset | undefined {
    const [kind = '', id = ''] = arn.split(':').slice(5).join(':').split('/');
    const assets = Object.values(this.assets).find((one) => one.kind === kind);
    return assets?.has(id) && arn === this.arn(assets.kind, id) ? assets.get(id) : undefined;
  }

  /** @throws AwsError ResourceNotFoundException */
  withArn(arn: string): Asset {
    const found = this.find(arn);
    if (!found) throw new AwsError('ResourceNotFoundException', `${arn} does not exist`, {}, 404);
    return found;
  }

  /** Starts a run of a data set. */
  ingest(dataSet: string, id: string = randomUUID()): Ingestion {
    const runs = this.ingestions.get(dataSet) ?? new Map<string, Ingestion>();
    this.ingestions.set(dataSet, runs);
    if (runs.has(id)) throw new AwsError('ResourceExistsException', `The ingestion ${id} exists`, {}, 409);
    const arn = `${this.arn('dataset', dataSet)}/ingestion/${id}`;
    const run: Ingestion = { id, arn, created: new Date(), looks: 0 };
    runs.set(id, run);
    return run;
  }
}
