// Characters that move a terminal's cursor, clear the screen, or change the writing direction. Line ends and tabs are harmless.
const harmful = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is how colours begin
const colours = /\u001b\[[\d;]*m/g;

/** Foreign text, such as a file name, a column name or a value, with control characters replaced by blanks. */
export const harmlessText = (text: string): string => text.replaceAll(harmful, ' ');

/** The same for a whole line, which may contain foreign text. Its colours are kept. */
export const harmlessLine = (line: string): string => {
  const styles = line.match(colours) ?? [];
  return line
    .split(colours)
    .map((part, index) => harmlessText(part) + (styles[index] ?? ''))
    .join('');
};
