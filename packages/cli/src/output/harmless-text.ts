// What moves a terminal's cursor, clears it, or turns the direction of writing; line ends and tabs do not count.
const harmful = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is how colours begin
const colours = /\u001b\[[\d;]*m/g;

/** A text of somebody else's (a file's name, a column's, a value) with blanks for what would take over a terminal. */
export const harmlessText = (text: string): string => text.replaceAll(harmful, ' ');

/** The same for a line of ours, which may have texts of others in it: colours stay, since styles are written with them. */
export const harmlessLine = (line: string): string => {
  const styles = line.match(colours) ?? [];
  return line
    .split(colours)
    .map((part, index) => harmlessText(part) + (styles[index] ?? ''))
    .join('');
};
