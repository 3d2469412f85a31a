import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveFigures } from '../api/api.ts';
import { say } from './say.ts';

const count = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What happens in a stream now: figures tick and are not said; an incident is said once. */
export function LivePanel() {
  const [figures, setFigures] = useState<LiveFigures>();
  const [isPaused, setPaused] = useState(false);
  const [isLost, setLost] = useState(false);
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (isPaused) return;
    const source = new EventSource('/api/live');
    source.onerror = () => setLost(true);
    source.addEventListener('figures', ({ data }) => {
      const next: LiveFigures = JSON.parse(data);
      setLost(false);
      setFigures(next);
      for (const { id, title } of next.alerts) {
        if (!told.current.has(id)) say(`Alert: ${title}`);
        told.current.add(id);
      }
    });
    return () => source.close();
  }, [isPaused]);
  const behind = figures?.behindSeconds;
  return (
    <section class="card s12" id="live" aria-labelledby="h-live">
      <div class="ch">
        <h2 id="h-live">Now</h2>
        <button
          type="button"
          class="btn sm swap"
          aria-pressed={isPaused}
          onClick={() => setPaused(!isPaused)}
        >
          Pause
        </button>
      </div>
      <p class="sum">
        {isLost
          ? 'The connection to the stream is lost. These are its last figures.'
          : figures
            ? `Taken at ${figures.at.slice(11, 19)} UTC${behind === null || behind === undefined ? '' : `, ${Math.round(behind)} s behind the newest event`}.`
            : 'Waiting for the first figures.'}
      </p>
      {figures && (
        <div class="now">
          <dl class="also">
            <div>
              <dt>Visitors, last 5 minutes</dt>
              <dd>{count.format(figures.visitors)}</dd>
            </div>
            <div>
              <dt>Open carts</dt>
              <dd>{count.format(figures.openCarts)}</dd>
            </div>
            <div>
              <dt>In open carts</dt>
              <dd>{money.format(figures.openCartValue)}</dd>
            </div>
          </dl>
          <Pairs caption="Top sellers now" rows={figures.topSellers.map(({ item, sold }) => [item, sold])} />
          <Pairs
            caption="Sessions of the stream"
            rows={figures.funnel.map(({ step, sessions }) => [step, sessions])}
          />
          {figures.compared && (
            <table>
              <caption>Stream beside lake</caption>
              <thead>
                <tr>
                  <th scope="col">Figure</th>
                  <th scope="col" class="n">
                    Stream
                  </th>
                  <th scope="col" class="n">
                    Lake
                  </th>
                  <th scope="col" class="n">
                    Difference
                  </th>
                </tr>
              </thead>
              <tbody>
                {figures.compared.map(({ title, stream, batch }) => (
                  <tr key={title}>
                    <th scope="row">{title}</th>
                    <td class="n">{count.format(stream)}</td>
                    <td class="n">{batch === null ? '–' : count.format(batch)}</td>
                    <td class="n">{batch === null ? '–' : count.format(stream - batch)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <ul class="inc">
            {figures.alerts.map(({ id, title, since, evidence, isOpen }) => (
              <li key={id}>
                <strong>{title}</strong>, since {since.slice(11, 16)}
                {isOpen ? '' : ' (over)'}. {evidence}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Pairs({ caption, rows }: { caption: string; rows: readonly (readonly [string, number])[] }) {
  return (
    <table>
      <caption>{caption}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="n">{count.format(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
