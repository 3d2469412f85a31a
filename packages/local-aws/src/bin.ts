// `pnpm engines`: AWS on this machine, for development.
import { enginesCommand } from './command/engines-command.ts';
import { SetupError } from './setup-error.ts';

try {
  process.exitCode = await enginesCommand(process.argv.slice(2));
} catch (error) {
  // What the machine lacks is told in words; a fault of ours keeps its stack.
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
