import type { Figure } from '../ask/figure.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { rangeWords } from '../chart/period-words.ts';

/** What happened, in one line, and what was unusual in another. */
export interface Headline {
  readonly title: string;
  readonly lead: string;
}

const verbs = { up: 'rose', down: 'fell', flat: 'did not change' } as const;

/** The headline of a report: what revenue did and on how many visitors, and which figures changed more than is usual. */
export function headlineOf(
  figures: readonly Figure[],
  range: DayRange,
  compared: DayRange | undefined,
): Headline {
  const days = rangeWords(range);
  if (!compared) return { title: `The store, ${days}`, lead: 'Nothing is compared.' };
  const isOneYear = compared.to.slice(0, 4) === range.to.slice(0, 4);
  const against = `${rangeWords(range, !isOneYear)} against ${rangeWords(compared)}`;
  return { title: titleOf(figures, days), lead: `${against}. ${unusual(figures)}` };
}

function titleOf(figures: readonly Figure[], days: string): string {
  const of = (id: string) => figures.find(({ tile }) => tile.id === id)?.delta;
  const [revenue, visitors] = [of('revenue'), of('visitors')];
  const part = (text: string) => text.replace(/^[+−]/, '');
  if (!revenue)
    return visitors ? `Visitors ${verb(visitors.direction, part(visitors.text))}` : `The store, ${days}`;
  const on = visitors
    ? visitors.direction === 'flat'
      ? ' on as many visitors'
      : ` on ${part(visitors.text)} ${visitors.direction === 'up' ? 'more' : 'fewer'} visitors`
    : '';
  return `Revenue ${verb(revenue.direction, part(revenue.text))}${on}`;
}

const verb = (direction: keyof typeof verbs, by: string): string =>
  direction === 'flat' ? verbs.flat : `${verbs[direction]} ${by}`;

/** Which figures changed more than is usual. */
function unusual(figures: readonly Figure[]): string {
  if (figures.every(({ delta }) => !delta)) return 'There is nothing to compare with.';
  const judged = figures.filter(({ judgement }) => judgement !== 'unknown');
  if (judged.length === 0) return 'The lake has too few earlier days to say which changes are usual.';
  const more = judged.filter(
    ({ judgement, delta }) => judgement === 'more-than-usual' && delta?.direction !== 'flat',
  );
  if (more.length === 0) return 'Every change is within the usual range.';
  return `Changed more than usual: ${more.map(({ tile, delta }) => `${tile.title.toLowerCase()} (${delta?.text})`).join(', ')}.`;
}
