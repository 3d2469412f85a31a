/** Lists of the query protocol: `Name.member.1`, `Name.member.2`, ... */
export function membersOf(input: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = input.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** A text in an XML answer. */
export const xmlText = (text: string): string =>
  text.replace(/[<>&"]/g, (character) => escapes[character] ?? '');

const unescapes = new Map(Object.entries(escapes).map(([character, name]) => [name, character]));

/** The texts of all elements with a name, which have no elements of the same name in them. */
export const elementTexts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(?:lt|gt|amp|quot);/g, (escaped) => unescapes.get(escaped) ?? escaped),
  );
