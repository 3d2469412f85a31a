const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text in an XML answer. */
export const xmlText = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char] ?? char);

const characters = new Map(Object.entries(entities).map(([char, entity]) => [entity, char]));

/** The texts of all elements with a name, which have no elements of the same name in them. */
export const elementTexts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(?:lt|gt|amp|quot);/g, (entity) => characters.get(entity) ?? entity),
  );
