import { writeFile } from 'node:fs/promises';

/** A comment on GitHub has at most 65,536 characters; two texts of this size fit. */
const mostCharacters = 30_000;

/** A text as inline code of Markdown. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A text in which nothing is taken for Markdown or HTML, on one line. Reasons and messages may have any character. */
export const plain = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|~#@]/g, (mark) => `\\${mark}`);

/** A table of Markdown. Its cells are Markdown already; a bar ends a cell also inside of code, unless it is escaped. */
export const markdownTable = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows]
    .map((cells) => cells.map((cell) => cell.replaceAll(/(?<!\\)\|/g, '\\|')))
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

/** Writes Markdown to a file, cut at a line where it is too long for a comment. */
export async function writeMarkdown(file: string, text: string): Promise<void> {
  const isLong = text.length > mostCharacters;
  const end = text.lastIndexOf('\n', mostCharacters);
  const cut = isLong ? `${text.slice(0, end)}\n\n(Cut here: the log of the run has the rest.)\n` : text;
  await writeFile(file, cut);
}
