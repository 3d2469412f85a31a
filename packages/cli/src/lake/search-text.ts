import type { ForgetReport } from '@headwater/etl';
import { counted, grouped } from '../output/figures.ts';

/** What an erasure did with files, in words: `3 files searched: 2 held such rows and are deleted, and 1 new file holds their other rows`. */
export function searchText({ searched, removed, written }: ForgetReport['files']): string {
  const found = `${counted(searched, 'file')} searched`;
  if (removed === 0) return `${found}: none held such rows`;
  const [is, their] = removed === 1 ? ['is', 'its'] : ['are', 'their'];
  if (written === 0) return `${found}: ${grouped(removed)} held only such rows and ${is} deleted`;
  const deleted = `${grouped(removed)} held such rows and ${is} deleted`;
  return `${found}: ${deleted}, and ${counted(written, 'new file')} ${written === 1 ? 'holds' : 'hold'} ${their} other rows`;
}
