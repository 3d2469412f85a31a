import type { BoardInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { valueClass } from '../chart/value-class.ts';
import { Definition } from './definition.tsx';
import { DeltaText } from './delta-text.tsx';
import type { View } from './use-view.ts';

/** The key figures. Each is a button that shows its course in the main chart. */
export function FigureTiles({ view, board, state }: { view: View; board: BoardInfo; state: ViewState }) {
  return (
    <section aria-labelledby="h-figures">
      <h2 class="sr" id="h-figures">
        Key figures
      </h2>
      <ul class={state.comparison ? 'tiles' : 'tiles plain'}>
        {board.figures.map(({ id, title }) => {
          const { answer, isBusy, error } = view.tile(id);
          const figure = answer?.kind === 'figure' ? answer : undefined;
          if (answer?.kind === 'lacking') return null;
          const isChosen = state.tile === id;
          return (
            <li key={id} class={`tile ${isChosen ? 'on' : ''}`} id={`tile-${id}`} aria-busy={isBusy}>
              <h3>
                <button
                  type="button"
                  class="pick"
                  aria-pressed={isChosen}
                  onClick={() => view.show({ tile: id })}
                >
                  {figure?.title ?? title}
                </button>
                {figure && (
                  <Definition id={id} title={figure.title} definition={figure.definition} state={state} />
                )}
              </h3>
              <p class={valueClass(figure?.text ?? '')}>
                {figure ? (
                  <data value={String(figure.value ?? '')}>{figure.text}</data>
                ) : error === undefined ? (
                  <span class="bone" />
                ) : (
                  '–'
                )}
              </p>
              {error === undefined ? (
                <p class="cmp">
                  {figure?.delta ? <DeltaText {...figure.delta} /> : <span class="w">{figure?.note}</span>}
                </p>
              ) : (
                <p class="err">{error}</p>
              )}
              <p class="was">{figure?.was !== undefined && `was ${figure.was}`}</p>
              <p class={`jud ${figure?.delta?.tone ?? ''}`}>{figure?.delta?.judgement}</p>
              <div class="spark" aria-hidden="true" dangerouslySetInnerHTML={{ __html: figure?.svg ?? '' }} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
