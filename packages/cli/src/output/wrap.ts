/** A text in lines of `columns` characters at most, broken at blanks. A longer word has a line of its own. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/**
 * A command line in lines of `columns` characters at most, as a shell takes it: broken between words, never within quotes,
 * with a backslash before each line end.
 */
export function wrapCommand(command: string, columns: number): string[] {
  if (command.length <= columns) return [command];
  const lines: string[] = [];
  let line = '';
  for (const word of command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []) {
    const indent = lines.length > 0 ? '  ' : '';
    // Room for the blank and the backslash that end the line.
    if (line && line.length + word.length + 3 > columns) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = line ? `${line} ${word}` : `${indent}${word}`;
  }
  return [...lines, line];
}
