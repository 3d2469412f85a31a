// `pnpm engines`: AWS on this machine, for development.
import { enginesCommand } from './command/engines-command.ts';
import { SetupError } from './setup-error.ts';

try {
  process.exitCode = await enginesCommand(process.argv.slice(2));
} catch (error) {
  // A problem of this machine is shown as a message; a defect keeps its stack.
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
