import {
  type DataFile,
  inputKey,
  listingKey,
  type Manifest,
  type ManifestInput,
  type ManifestListing,
  type ManifestSchema,
} from './manifest.ts';

/** The definition of the commits from number `since` on. */
export interface SchemaSpan extends ManifestSchema {
  readonly since: number;
}

/** The state of a table after its commits. Only these files are in the lake. */
export interface LakeState {
  readonly table: string;
  /** The number of the last commit. 0 before the first. */
  readonly sequence: number;
  /** The run that made the last commit. Empty before the first. */
  readonly runId: string;
  /** Committed files, ordered by path. */
  readonly files: readonly DataFile[];
  readonly quarantineFiles: readonly DataFile[];
  /** The commit that added each file of `files`, by path. */
  readonly addedBy: ReadonlyMap<string, number>;
  /** Every input ever loaded, by its `inputKey`, except those that may be loaded again. */
  readonly inputs: ReadonlyMap<string, ManifestInput>;
  /**
   * The last listing of each place, by its `listingKey`. None after a repair that lets inputs be loaded again, because the places then hold
   * objects that are to be found again.
   */
  readonly listings: ReadonlyMap<string, ManifestListing>;
  /** The definitions of the commits, in order. The last one is current. */
  readonly schemas: readonly SchemaSpan[];
  /** The last commit that allowed each change of the definition, by the id of the change. */
  readonly allowed: ReadonlyMap<string, number>;
  /** The last commit that repaired lost commits whose inputs are not known. 0 when every input is. */
  readonly inputsUnknownAt: number;
  /** Numbers of lost manifests that neither a checkpoint nor later commits make up for. Only a repair sees such a state. */
  readonly missing: readonly number[];
  /** The commit of the checkpoint that this state was read from. 0 when every manifest was read. */
  readonly checkpoint: number;
}

/** A table before its first commit. */
export const emptyLakeState = (table: string): LakeState => ({
  table,
  sequence: 0,
  runId: '',
  files: [],
  quarantineFiles: [],
  addedBy: new Map(),
  inputs: new Map(),
  listings: new Map(),
  schemas: [],
  allowed: new Map(),
  inputsUnknownAt: 0,
  missing: [],
  checkpoint: 0,
});

/** The state after a sequence of commits that follow `base`. */
export function foldManifests(base: LakeState, manifests: readonly Manifest[]): LakeState {
  const files = byPath(base.files);
  const quarantine = byPath(base.quarantineFiles);
  const addedBy = new Map(base.addedBy);
  const inputs = new Map(base.inputs);
  const listings = new Map(base.listings);
  const schemas = [...base.schemas];
  const allowed = new Map(base.allowed);
  let { inputsUnknownAt } = base;
  for (const manifest of manifests) {
    const { sequence } = manifest;
    for (const path of manifest.removed) {
      files.delete(path);
      addedBy.delete(path);
    }
    for (const path of manifest.quarantineRemoved) quarantine.delete(path);
    for (const file of manifest.added) {
      files.set(file.path, file);
      addedBy.set(file.path, sequence);
    }
    for (const file of manifest.quarantineAdded) quarantine.set(file.path, file);
    for (const input of manifest.inputs) inputs.set(inputKey(input), input);
    const forgotten = new Set(manifest.forgotten);
    if (forgotten.size > 0) for (const [key, { hash }] of inputs) if (forgotten.has(hash)) inputs.delete(key);
    for (const listing of manifest.listings ?? []) {
      const before = listings.get(listingKey(listing));
      if (!before || before.at < listing.at) listings.set(listingKey(listing), listing);
    }
    if (forgotten.size > 0 || manifest.inputsUnknown) listings.clear();
    for (const id of manifest.allowed ?? []) allowed.set(id, sequence);
    if (manifest.inputsUnknown) inputsUnknownAt = sequence;
    if (!isSame(schemas.at(-1), manifest.schema)) schemas.push({ since: sequence, ...manifest.schema });
  }
  const last = manifests.at(-1);
  return {
    ...base,
    sequence: last?.sequence ?? base.sequence,
    runId: last?.runId ?? base.runId,
    files: ordered(files),
    quarantineFiles: ordered(quarantine),
    addedBy: new Map([...addedBy].sort(([left], [right]) => (left < right ? -1 : 1))),
    inputs,
    listings,
    schemas,
    allowed,
    inputsUnknownAt,
  };
}

/** The definition of a commit. */
export const schemaAt = ({ schemas }: LakeState, commit: number): SchemaSpan | undefined =>
  schemas.findLast(({ since }) => since <= commit);

const byPath = (files: readonly DataFile[]): Map<string, DataFile> =>
  new Map(files.map((file) => [file.path, file]));

const ordered = (files: ReadonlyMap<string, DataFile>): DataFile[] =>
  [...files.values()].sort((left, right) => (left.path < right.path ? -1 : 1));

/** Compares fingerprints and columns: two releases may compute different fingerprints for the same columns, or equal ones for different columns. */
const isSame = (span: SchemaSpan | undefined, schema: ManifestSchema): boolean =>
  span?.fingerprint === schema.fingerprint &&
  span.time === schema.time &&
  JSON.stringify(span.columns) === JSON.stringify(schema.columns);
