import { z } from 'zod';
import type { LakeReader } from './lake-reader.ts';
import type { LakeState } from './lake-state.ts';
import {
  count,
  dataFile,
  inputKey,
  listingKey,
  manifestFolder,
  manifestInput,
  manifestListing,
  schemaOfManifest,
} from './manifest.ts';

/** The number of commits between two checkpoints. */
export const commitsPerCheckpoint = 100;

const header = z.strictObject({
  version: z.literal(1),
  table: z.string(),
  sequence: z.int().positive(),
  runId: z.string(),
  digest: z.string(),
});

const body = z.strictObject({
  files: z.array(dataFile),
  /** The commit that added each of `files`. */
  addedBy: z.array(count),
  quarantineFiles: z.array(dataFile),
  inputs: z.array(manifestInput),
  /** Omitted when no place on S3 was ever listed. */
  listings: z.array(manifestListing).exactOptional(),
  schemas: z.array(z.strictObject({ since: z.int().positive(), ...schemaOfManifest.shape })),
  /** Omitted when no change was ever allowed. */
  allowed: z.record(z.string(), z.int().positive()).exactOptional(),
  /** Omitted when every input is known. */
  inputsUnknownAt: z.int().positive().exactOptional(),
});

/** The path of a table's checkpoint below the lake. */
export const checkpointPath = (table: string): string => `${manifestFolder(table)}/checkpoint.jsonl`;

/**
 * The text of a state's checkpoint: a header line with its commit, and a line with the state. Checkpoints are optional: one
 * only saves reading the manifests up to its commit.
 */
export function checkpointText(state: LakeState): string {
  const { table, sequence, runId, files, quarantineFiles, schemas, allowed, inputsUnknownAt } = state;
  const content = JSON.stringify({
    files,
    addedBy: files.map(({ path }) => state.addedBy.get(path) ?? 0),
    quarantineFiles,
    inputs: [...state.inputs.values()],
    ...(state.listings.size > 0 ? { listings: [...state.listings.values()] } : {}),
    schemas,
    ...(allowed.size > 0 ? { allowed: Object.fromEntries(allowed) } : {}),
    ...(inputsUnknownAt > 0 ? { inputsUnknownAt } : {}),
  });
  return `${JSON.stringify({ version: 1, table, sequence, runId, digest: digestOf(content) })}\n${content}\n`;
}

/** The state in a checkpoint's text. Undefined when the text is damaged or is for another table. */
export function parseCheckpoint(text: string, table: string): LakeState | undefined {
  const [first = '', content = ''] = text.split('\n');
  const head = header.safeParse(jsonOf(first));
  if (!head.success || head.data.table !== table || head.data.digest !== digestOf(content)) return undefined;
  const parsed = body.safeParse(jsonOf(content));
  if (!parsed.success) return undefined;
  const { files, addedBy, inputs, listings = [], allowed = {}, inputsUnknownAt = 0 } = parsed.data;
  const { sequence, runId } = head.data;
  return {
    ...parsed.data,
    table,
    sequence,
    runId,
    addedBy: new Map(files.map(({ path }, index) => [path, addedBy[index] ?? 0])),
    inputs: new Map(inputs.map((input) => [inputKey(input), input])),
    listings: new Map(listings.map((listing) => [listingKey(listing), listing])),
    allowed: new Map(Object.entries(allowed)),
    inputsUnknownAt,
    missing: [],
    checkpoint: sequence,
  };
}

/** The state of a table's last checkpoint. Undefined when there is no usable checkpoint. */
export async function readCheckpoint(reader: LakeReader, table: string): Promise<LakeState | undefined> {
  const text = await reader.readText(checkpointPath(table)).catch(() => undefined);
  return text === undefined ? undefined : parseCheckpoint(text, table);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** FNV-1a, 32 bits: detects every change of one character, and any other change with a probability of 1 - 2^-32. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
