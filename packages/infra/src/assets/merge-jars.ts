import { contentOf, type ZipEntry, zipEntry } from './zip/zip-entry.ts';

/** Files that say which classes provide a service: each jar has its own lines, and all of them count. */
const services = /^META-INF\/services\/[^/]+$/;
/** Texts that each jar has. All of them stay. */
const notices = /^META-INF\/(?:LICENSE|NOTICE|DEPENDENCIES)[^/]*$/i;
/** A signature is of one jar, and fails for another. */
const signatures = /^META-INF\/[^/]+\.(?:SF|RSA|DSA|EC)$/;

/**
 * One jar of several, as shading by Maven with its ServicesResourceTransformer makes it: lists of services are joined, and the manifest is that
 * of the first jar. Files are copied as they are stored.
 *
 * @returns the entries, or the name of a class that two jars have in different versions
 */
export function mergeJars(jars: readonly (readonly ZipEntry[])[]): readonly ZipEntry[] | string {
  const merged = new Map<string, ZipEntry>();
  for (const entry of jars.flat()) {
    if (signatures.test(entry.name)) continue;
    const before = merged.get(entry.name);
    if (before === undefined) merged.set(entry.name, entry);
    else if (services.test(entry.name)) merged.set(entry.name, joined(before, entry, linesOf));
    else if (before.crc === entry.crc && before.size === entry.size) continue;
    else if (notices.test(entry.name))
      merged.set(
        entry.name,
        joined(before, entry, (text) => [text]),
      );
    else if (entry.name.endsWith('.class') && !entry.name.startsWith('META-INF/')) return entry.name;
  }
  return [...merged.values()];
}

const textOf = (entry: ZipEntry): string => Buffer.from(contentOf(entry)).toString('utf8');

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');

/** Two entries as one: the parts of both, each once. */
function joined(one: ZipEntry, other: ZipEntry, partsOf: (text: string) => string[]): ZipEntry {
  const parts = new Set([one, other].flatMap((entry) => partsOf(textOf(entry))));
  return zipEntry(one.name, Buffer.from(`${[...parts].join('\n')}\n`));
}
