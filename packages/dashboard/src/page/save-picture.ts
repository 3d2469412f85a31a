import type { Picture, PictureKey } from './picture.ts';

/** Twice the pixels of a page, so that a picture is sharp in a document. */
const scale = 2;
const padding = 24;

/** Colours and the font as the page has them now, so that a picture is in the theme that its reader chose. */
const pageStyle = () => {
  const style = getComputedStyle(document.documentElement);
  return {
    font: style.fontFamily,
    color: (name: string): string => style.getPropertyValue(`--${name}`).trim() || '#888',
  };
};

/**
 * Saves a chart as a PNG file. It is drawn from its SVG by the browser, below its title, its days, its filters and its sentence.
 *
 * @returns the name of the file
 * @throws Error where the browser cannot draw it
 */
export async function savePicture(picture: Picture): Promise<string> {
  const blob = await drawPicture(picture);
  const name = `${picture.id}-${picture.subject.split(' · ')[0]?.replaceAll(/[^\w]+/g, '-')}.png`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return name;
}

/** One line of text of a picture. */
interface TextLine {
  readonly text: string;
  readonly font: string;
  readonly color: string;
  readonly height: number;
}

async function drawPicture(picture: Picture): Promise<Blob> {
  const { font, color } = pageStyle();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  const width = Math.max(360, picture.width);
  const wrapped = (text: string, size: number, weight: number, name: string): TextLine[] => {
    const own = `${weight} ${size}px ${font}`;
    context.font = own;
    return linesOf(text, width, (part) => context.measureText(part).width).map((line) => ({
      text: line,
      font: own,
      color: color(name),
      height: Math.round(size * 1.45),
    }));
  };
  const above = [
    ...wrapped(picture.title, 18, 650, 'text'),
    ...wrapped(picture.subject, 14, 400, 'muted'),
    ...wrapped(picture.sentence, 13, 400, 'muted'),
  ];
  const below = [
    ...picture.notes.flatMap((note) => wrapped(note, 12.5, 400, 'muted')),
    ...wrapped(picture.source, 12, 400, 'muted'),
  ];
  const sum = (lines: readonly TextLine[]) => lines.reduce((all, { height }) => all + height, 0);
  context.font = `400 12.5px ${font}`;
  const keys = keyRows(picture.keys, width, (text) => context.measureText(text).width);
  const keysHeight = keys.rows * keyHeight;
  const drawing = await imageOf(picture.svg, color);
  canvas.width = (width + 2 * padding) * scale;
  canvas.height =
    Math.ceil(2 * padding + sum(above) + 12 + picture.height + keysHeight + 12 + sum(below)) * scale;
  context.scale(scale, scale);
  context.fillStyle = color('surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  const write = (lines: readonly TextLine[], top: number): number => {
    let at = top;
    for (const line of lines) {
      context.font = line.font;
      context.fillStyle = line.color;
      context.textBaseline = 'middle';
      context.fillText(line.text, padding, at + line.height / 2);
      at += line.height;
    }
    return at;
  };
  let at = write(above, padding) + 12;
  context.drawImage(drawing, padding, at, picture.width, picture.height);
  at += picture.height + 6;
  context.font = `400 12.5px ${font}`;
  context.textBaseline = 'middle';
  for (const { key, x, row } of keys.placed) {
    const middle = at + row * keyHeight + keyHeight / 2;
    drawKey(context, key, padding + x, middle, color);
    context.fillStyle = color('muted');
    context.fillText(key.text, padding + x + keyText, middle);
  }
  write(below, at + keysHeight + 6);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture was made.'))), 'image/png');
  });
}

/** A text in lines that fit a width. A word that is wider than a line has one of its own. */
export function linesOf(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

const keyHeight = 20;
/** Where the words of a key begin, behind its shape. */
const keyText = 26;

function keyRows(keys: readonly PictureKey[], width: number, measure: (text: string) => number) {
  let [x, row] = [0, 0];
  const placed = keys.map((key) => {
    const own = keyText + measure(key.text);
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    const place = { key, x, row };
    x += own + 16;
    return place;
  });
  return { placed, rows: keys.length === 0 ? 0 : row + 1 };
}

function drawKey(
  context: CanvasRenderingContext2D,
  { shape, color: name }: PictureKey,
  x: number,
  y: number,
  color: (name: string) => string,
): void {
  context.fillStyle = color(name);
  context.strokeStyle = color(name);
  context.lineWidth = 2;
  context.setLineDash(shape.endsWith('before') ? [4, 3] : []);
  if (shape === 'square') context.fillRect(x, y - 7, 14, 14);
  else if (shape === 'bar') context.fillRect(x, y - 4.5, 18, 9);
  else {
    context.beginPath();
    if (shape === 'bar-before') {
      context.moveTo(x + 9, y - 7);
      context.lineTo(x + 9, y + 7);
    } else {
      context.moveTo(x, y);
      context.lineTo(x + 20, y);
    }
    context.stroke();
  }
  context.setLineDash([]);
}

/** A drawing as an image: the variables of the page become colours, for an image has no page. */
async function imageOf(svg: string, color: (name: string) => string): Promise<HTMLImageElement> {
  const own = svg.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) => color(name));
  const address = URL.createObjectURL(new Blob([own], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}
