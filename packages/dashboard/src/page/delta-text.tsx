import type { TileDelta } from '../api/api.ts';

const words = { up: 'up ', down: 'down ', flat: 'no change ' } as const;

/** A change with its arrow and its sign: colour is never alone. */
export function DeltaText({
  text,
  direction,
  tone = '',
}: Pick<TileDelta, 'text' | 'direction'> & Partial<TileDelta>) {
  return (
    <span class={`delta ${tone}`}>
      <span class={`tri ${direction}`} aria-hidden="true" />
      <span class="sr">{words[direction]}</span>
      {text}
    </span>
  );
}

/** A change as a table writes it: what people read decides its direction. An en dash is none. */
export function ChangeText({ text }: { text: string }) {
  if (text === '–') return <>{text}</>;
  const direction = text.startsWith('+') ? 'up' : text.startsWith('−') ? 'down' : 'flat';
  return <DeltaText text={text} direction={direction} />;
}
