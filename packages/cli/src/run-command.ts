import type { Answer, RowsAnswer } from './answer/answer.ts';
import type { ExitCode } from './answer/exit-code.ts';
import type { Call, Command } from './command-line/command.ts';
import { commandHelp } from './command-line/command-help.ts';
import type { OptionTable } from './command-line/option.ts';
import { commonOptions, readCall } from './command-line/read-call.ts';
import type { Console } from './output/console.ts';
import { createProgress } from './output/progress.ts';

/** Reads a command line, runs its command and prints the answer, or prints the command's help. */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { words, options } = await readCall(command, argv);
  if (options.help) {
    await console.write(commandHelp(command, commonOptions, console));
    return 0;
  }
  const { json } = options;
  const progress = createProgress(console, json);
  const isAnswerable = console.isTerminal && process.stdin.isTTY && !json;
  const call: Call<OptionTable, unknown> = {
    words,
    options,
    signal,
    stdin: process.stdin,
    onProgress: progress.update,
    async onPart(part) {
      progress.end();
      if (!json) await command.printPart?.(part, console);
    },
    ...(isAnswerable
      ? { confirm: async (question) => (await import('./output/ask-user.ts')).askUser(question, signal) }
      : {}),
  };
  const report = async (failure: unknown): Promise<ExitCode> => {
    const { reportFailure } = await import('./command-line/report-failure.ts');
    return reportFailure(failure, { console, signal, json });
  };
  let answer: Answer | RowsAnswer;
  try {
    answer = await command.run(call);
  } catch (failure) {
    if (command.failureCode === undefined) throw failure;
    progress.end();
    return (await report(failure)) === 130 ? 130 : command.failureCode;
  } finally {
    progress.end();
  }
  if ('rows' in answer) {
    const { printRows } = await import('./rows/print-rows.ts');
    await printRows(answer, options, console);
    return 0;
  }
  if (json) await console.json(answer.data);
  else await command.print?.(answer, console, options);
  let exitCode = answer.exitCode ?? 0;
  for (const failure of answer.failures ?? []) {
    exitCode = await report(failure);
  }
  return exitCode;
}
