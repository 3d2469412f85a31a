import { userFolder } from './user-folder.ts';

const folder = userFolder(process.env);
if (folder !== undefined) process.chdir(folder);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // A second signal exits at once.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}

const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2), stop.signal);
