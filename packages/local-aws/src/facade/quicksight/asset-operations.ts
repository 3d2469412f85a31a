import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import {
  type Asset,
  type AssetError,
  type AssetKind,
  type AssetVersion,
  statusOf,
  versionOf,
} from './assets.ts';
import { changePermissions, permissionsOf } from './permissions.ts';
import type { QuickSightStore } from './quicksight-store.ts';

/** Answers an operation. Its input is valid by the model of the service. */
export type Operation = (store: QuickSightStore, input: Members) => Members;

/** What differs between the kinds of assets. */
export interface AssetWords {
  readonly kind: AssetKind;
  /** In the names of operations: `CreateDataSource`. */
  readonly word: string;
  /** Of the list of all of them. */
  readonly words: string;
  /** Whether an update is another version, which readers see only when it is published. */
  readonly hasVersions?: true;
  /** @throws AwsError for what the request refers to and does not exist */
  check?(store: QuickSightStore, input: Members): void;
  /** What the service finds after the request. */
  errors?(store: QuickSightStore, input: Members): AssetError[];
  /** More that follows from a write, and is in its answer. */
  written?(store: QuickSightStore, asset: Asset, version: AssetVersion): Members;
  /** The description, under the name of the kind. */
  describe(asset: Asset, version: AssetVersion): Members;
}

/** What belongs to the request and not to the asset. */
const ofRequest = new Set(['AwsAccountId', 'Permissions', 'Tags', 'ValidationStrategy', 'FolderArns']);

const membersOf = (input: Members): Members =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !ofRequest.has(name)));

/** The operations that every kind of asset has, by name. */
export function assetOperations(words: AssetWords): Readonly<Record<string, Operation>> {
  const { kind, word, hasVersions = false } = words;
  const idMember = `${word}Id`;
  const idOf = (input: Members): string => String(input[idMember]);
  const named = ({ id, arn }: Asset): Members => ({ Arn: arn, [idMember]: id });

  /** A failed data set is refused at once; definitions fail later. */
  const errorsOf = (store: QuickSightStore, input: Members): AssetError[] =>
    words.errors?.(store, input) ?? [];
  const written = (store: QuickSightStore, asset: Asset, version: AssetVersion): Members => ({
    ...named(asset),
    ...(hasVersions ? { VersionArn: `${asset.arn}/version/${version.number}` } : {}),
    ...words.written?.(store, asset, version),
  });

  return {
    [`Create${word}`](store, input) {
      words.check?.(store, input);
      const arn = store.arn(kind, idOf(input));
      const asset = store.assets[kind].create(idOf(input), arn, membersOf(input), errorsOf(store, input));
      changePermissions(asset, input['Permissions'], []);
      store.tags.set(arn, tagsOf(input));
      return { ...written(store, asset, versionOf(asset)), CreationStatus: 'CREATION_IN_PROGRESS' };
    },
    [`Update${word}`](store, input) {
      const before = versionOf(store.assets[kind].get(idOf(input)));
      words.check?.(store, input);
      // What an update of a data source, a data set and a theme cannot name stays.
      const kept = Object.fromEntries(
        ['Type', 'UseAs'].flatMap((name) => (name in before.members ? [[name, before.members[name]]] : [])),
      );
      const members = { ...kept, ...membersOf(input) };
      const { asset, version } = store.assets[kind].update(
        idOf(input),
        members,
        errorsOf(store, input),
        !hasVersions || kind === 'theme',
      );
      const Status = hasVersions
        ? { CreationStatus: 'CREATION_IN_PROGRESS' }
        : { UpdateStatus: 'UPDATE_IN_PROGRESS' };
      return { ...written(store, asset, version), ...Status };
    },
    [`Describe${word}`](store, input) {
      const asset = store.assets[kind].get(idOf(input));
      const number = input['VersionNumber'];
      const version = versionOf(asset, number === undefined ? undefined : Number(number));
      const times = { CreatedTime: asset.created, LastUpdatedTime: asset.versions.at(-1)?.created };
      return {
        [word]: {
          ...named(asset),
          Name: version.members['Name'],
          ...times,
          ...words.describe(asset, version),
        },
      };
    },
    [`Delete${word}`](store, input) {
      const asset = store.assets[kind].delete(idOf(input));
      store.tags.delete(asset.arn);
      return named(asset);
    },
    [`List${words.words}`](store, input) {
      const all = store.assets[kind]
        .list()
        .map((asset) => ({ ...named(asset), Name: versionOf(asset).members['Name'] }));
      const first = Number(input['NextToken'] ?? 0);
      const next = first + Number(input['MaxResults'] ?? 100);
      const member = kind === 'datasource' ? 'DataSources' : `${word}SummaryList`;
      const page = { [kind === 'dataset' ? 'DataSetSummaries' : member]: all.slice(first, next) };
      return next < all.length ? { ...page, NextToken: String(next) } : page;
    },
    [`Describe${word}Permissions`]: (store, input) =>
      permissionsAnswer(words, store.assets[kind].get(idOf(input))),
    [`Update${word}Permissions`](store, input) {
      const asset = store.assets[kind].get(idOf(input));
      changePermissions(asset, input['GrantPermissions'], input['RevokePermissions']);
      return permissionsAnswer(words, asset);
    },
  };
}

const permissionsAnswer = ({ word }: AssetWords, asset: Asset): Members => ({
  [`${word}Arn`]: asset.arn,
  [`${word}Id`]: asset.id,
  Permissions: permissionsOf(asset),
});

const tagsOf = ({ Tags }: Members): ReadonlyMap<string, string> =>
  new Map([Tags ?? []].flat().map((tag) => [String(at(tag, 'Key')), String(at(tag, 'Value'))]));

/** The operations on tags, which name a resource by its ARN. */
export const tagOperations: Readonly<Record<string, Operation>> = {
  ListTagsForResource(store, { ResourceArn }) {
    const { arn } = store.withArn(String(ResourceArn));
    return { Tags: [...(store.tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value })) };
  },
  TagResource(store, input) {
    const { arn } = store.withArn(String(input['ResourceArn']));
    store.tags.set(arn, new Map([...(store.tags.get(arn) ?? []), ...tagsOf(input)]));
    return {};
  },
};

/** The status of a version with what is wrong with it, for a description. */
export const stateOf = (version: AssetVersion): Members => {
  const Status = statusOf(version);
  return Status.endsWith('FAILED') ? { Status, Errors: version.errors } : { Status };
};

/** @throws AwsError for an ARN of which there is nothing */
export function assertThere(store: QuickSightStore, arn: unknown): void {
  if (arn !== undefined && !store.find(String(arn)))
    throw new AwsError('InvalidParameterValueException', `${arn} does not exist`);
}
