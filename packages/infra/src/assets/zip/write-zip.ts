import { HeadwaterError } from '@headwater/core';
import type { ZipEntry } from './zip-entry.ts';

/** 1 January 1980, the first day of the format: a time of the build would be other bytes each time. */
const day = 0x0021;
/** Names are UTF-8. */
const utf8 = 0x0800;
/** Version 2.0 of the format, which has deflation. */
const version = 20;
/** What a plain zip can count (APPNOTE.TXT, 4.4.21 and 4.4.24). */
const most = { files: 0xffff, bytes: 0xffffffff } as const;

/**
 * A zip of entries as they are stored, in the order that is given. The same entries give the same bytes.
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for more than a plain zip can have
 */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  assertWithin('files', entries.length, 'files');
  const [parts, directory]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(version, 0);
    shared.writeUInt16LE(utf8, 2);
    shared.writeUInt16LE(entry.method, 4);
    shared.writeUInt16LE(day, 8);
    shared.writeUInt32LE(entry.crc, 10);
    shared.writeUInt32LE(entry.stored.length, 14);
    shared.writeUInt32LE(entry.size, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, entry.stored]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([version, 0]), shared, rest, name]),
    );
    parts.push(local);
    at += local.length;
    assertWithin('bytes', at, 'bytes');
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function assertWithin(kind: keyof typeof most, size: number, unit: string): void {
  if (size <= most[kind]) return;
  throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
    ...{ what: 'The zip of the application of Flink', size, limit: most[kind], unit },
    fix: 'Name fewer or smaller jars in infra.flink.jars',
  });
}
