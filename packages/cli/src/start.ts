import { userFolder } from './user-folder.ts';

const folder = userFolder(process.env);
if (folder !== undefined) process.chdir(folder);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // A second interruption ends the process at once. A hang-up comes twice, from the terminal and from the shell.
    if (stop.signal.aborted && name !== 'SIGHUP') process.exit(130);
    stop.abort();
  });
}

const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2), stop.signal);
