import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  alarmNames,
  loadAlarmNames,
  noticeNames,
  queryAlarmNames,
  runbookPage,
} from '@headwater/core/internal';
import { awsModelProblems, hasAwsModels } from '@headwater/local-aws/testing';
import { describe, expect, test } from 'vitest';
import { readCall } from '../src/command-line/read-call.ts';
import { commandTable } from '../src/commands/command-table.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'runbooks');
const pages = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .map((file) => ({ page: file.replace(/\.md$/, ''), text: readFileSync(join(folder, file), 'utf8') }));

/** The message of AWS Budgets, which is no alarm of CloudWatch. */
const others = ['budget'];

/** The words of a line, as a shell reads them. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/** The command lines of a page: of its blocks, and those that its text has between backticks. */
function linesOf(text: string, program: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, code = '']) => code,
  );
  return [...blocks, ...inline].filter((line) => line.startsWith(`${program} `));
}

const commandNames = Object.keys(commandTable).toSorted((a, b) => b.length - a.length);

/** Reads a command line as the command does. It throws for an unknown command or option, and for a missing value. */
async function readLine(line: string): Promise<void> {
  const words = wordsOf(line).slice(1);
  const name = commandNames.find((known) => `${words.join(' ')} `.startsWith(`${known} `));
  if (name === undefined) throw new Error(`No command: ${line}`);
  const argv = words.slice(name.split(' ').length);
  const command = await commandTable[name]?.load(argv);
  if (command === undefined) throw new Error(`No command: ${line}`);
  // A text may name a command alone.
  if (argv.length > 0 || command.words === undefined) await readCall(command, argv);
}

/** What the CLI of AWS adds to the API: options of paging, and commands of its own. */
const ownOptions = new Set(['--max-items']);
const ownCommands = new Set(['logs tail']);

const pascal = (kebab: string): string =>
  kebab
    .replace(/^--/, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** What is wrong with a command line of the AWS CLI, by the model of the service. */
function awsProblems(line: string): string[] {
  const [, service = '', command = '', ...rest] = wordsOf(line);
  if (ownCommands.has(`${service} ${command}`)) return [];
  const operation = pascal(command);
  const given = rest.filter((word) => word.startsWith('--') && !ownOptions.has(word)).map(pascal);
  const problemsOf = (input: object): string[] => awsModelProblems({ service, operation, input });
  if (!problemsOf({ Nothing: 0 }).includes(`${operation}.Nothing is unknown`))
    return [`No call ${operation}`];
  // A member has the name of its option, with a capital at first or without.
  const forms = (name: string): string[] => [
    ...[name, name.replace(/Arn$/, 'ARN')],
    name.charAt(0).toLowerCase() + name.slice(1),
  ];
  const isKnown = (name: string): boolean =>
    forms(name).some((form) => !problemsOf({ [form]: 0 }).includes(`${operation}.${form} is unknown`));
  const isGiven = (problem: string): boolean =>
    given.some((name) => forms(name).some((form) => problem === `${operation}.${form} is missing`));
  return [
    ...problemsOf({}).filter((problem) => !isGiven(problem)),
    ...given.filter((name) => !isKnown(name)).map((name) => `${operation} has no ${name}`),
  ];
}

describe('runbooks', () => {
  test('there is a page for each alarm, and an alarm for each page', () => {
    const named = [...alarmNames, ...loadAlarmNames, ...queryAlarmNames, ...noticeNames].map(runbookPage);
    expect(pages.map(({ page }) => page).toSorted()).toEqual([...new Set([...named, ...others])].toSorted());
  });

  test.each(pages)('$page says what it means, and has its parts', ({ page, text }) => {
    expect(text.startsWith(`# ${page}\n\n`)).toBe(true);
    expect(text).toContain('\n**Who is affected.** ');
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      ...['See it', 'What to do', 'It is over when', 'It is a false alarm when'],
    ]);
    expect(text.split('\n').length).toBeLessThan(45);
  });

  test.each(pages)('the commands of $page exist, with their options', async ({ text }) => {
    const lines = linesOf(text, 'headwater');
    for (const line of lines) await expect(readLine(line), line).resolves.toBeUndefined();
    expect(lines.length + linesOf(text, 'aws').length).toBeGreaterThan(0);
  });

  test.skipIf(!hasAwsModels())('their calls of AWS exist, with their options', () => {
    const lines = [...new Set(pages.flatMap(({ text }) => linesOf(text, 'aws')))];
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(awsProblems(line), line).toEqual([]);
  });

  test('the check of commands finds what is wrong', async () => {
    await expect(readLine('headwater etl runz')).rejects.toThrow('No command');
    await expect(readLine('headwater etl runs --limitt 3')).rejects.toThrow('Unknown option');
    if (!hasAwsModels()) return;
    expect(awsProblems('aws pipes describe-pipe --nome x')).not.toEqual([]);
    expect(awsProblems('aws pipes describe-pipe')).not.toEqual([]);
    expect(awsProblems('aws pipes describe-tube --name x')).toEqual(['No call DescribeTube']);
  });

  test('the list has every page once', () => {
    const list = readFileSync(join(folder, 'README.md'), 'utf8');
    const linked = [...list.matchAll(/^- \[([\w-]+)\]\(([\w-]+)\.md\)/gm)].map(([, name, file]) => {
      expect(name).toBe(file);
      return name;
    });
    expect(linked.toSorted()).toEqual(pages.map(({ page }) => page).toSorted());
  });
});
