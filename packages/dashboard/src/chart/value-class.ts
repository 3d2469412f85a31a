/** Letters that a tile of a figure has room for beside each other, at every width of a page. */
const mostLetters = 11;

/** The class of a figure's value in a tile. A longer one is smaller, and breaks: one that is cut reads as another figure. */
export const valueClass = (text: string): string => (text.length > mostLetters ? 'val long' : 'val');
