import { useState } from 'preact/hooks';
import type { LiveFigures } from '../api/api.ts';
import { LakeTable } from './lake-table.tsx';
import { LiveAlerts } from './live-alerts.tsx';
import { liveStatus } from './live-words.ts';
import { useLive } from './use-live.ts';

const count = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const nothing = '–';

/** Rows that the list has, whether it is full or not: nothing below it moves. */
const sellerRows = 5;

/** What happens in a stream now, and the stream beside the lake. */
export function LivePanel({ zone }: { readonly zone: string }) {
  const [isPaused, setPaused] = useState(false);
  const { figures, isConnected, age } = useLive(isPaused);
  const { tone, word, sentence } = liveStatus(figures, { age, isConnected, isPaused }, zone);
  return (
    <section class="card s12 live" id="live" aria-labelledby="h-live">
      <div class="ch">
        <h2 id="h-live">Now</h2>
        <span class={`state ${tone}`} id="live-state">
          {word}
        </span>
        <button
          type="button"
          class="btn sm swap"
          aria-pressed={isPaused}
          onClick={() => setPaused(!isPaused)}
        >
          Pause
        </button>
      </div>
      <p class="sum">{sentence}</p>
      <dl class="nums">
        <Figure name="Visitors, last 5 minutes" id="visitors" value={figures?.visitors} />
        <Figure name="Open sessions" id="sessions" value={figures?.sessions} />
        <Figure name="Open carts" id="carts" value={figures?.openCarts} />
        <Figure name="In open carts" id="cart-value" value={figures?.openCartValue} format={money} />
      </dl>
      <div class="now">
        {figures?.topSellers !== null && <Sellers figures={figures} />}
        {figures?.funnel !== null && <Funnel figures={figures} />}
        <LakeTable figures={figures} zone={zone} />
      </div>
      <LiveAlerts alerts={figures?.alerts ?? []} count={figures?.alertCount ?? 0} zone={zone} />
    </section>
  );
}

/** A figure that the table can say; null where it cannot. */
function Figure({
  name,
  id,
  value,
  format = count,
}: {
  readonly name: string;
  readonly id: string;
  readonly value: number | string | null | undefined;
  readonly format?: Intl.NumberFormat;
}) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === undefined ? (
          nothing
        ) : (
          <data id={`live-${id}`} value={String(value)}>
            {format.format(Number(value))}
          </data>
        )}
      </dd>
    </div>
  );
}

function Sellers({ figures }: { readonly figures: LiveFigures | undefined }) {
  const sellers = figures?.topSellers?.slice(0, sellerRows) ?? [];
  const most = sellers[0]?.sold ?? 1;
  const hasRevenue = sellers.every(({ revenue }) => revenue !== null);
  return (
    <div class="part">
      <table class="lb" id="live-sellers">
        <caption>
          <b>Top sellers</b>, last {figures?.recentMinutes ?? 60} minutes
        </caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col" class="n">
              Sold
            </th>
            {hasRevenue && (
              <th scope="col" class="n">
                Revenue
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: sellerRows }, (_, place) => {
            const seller = sellers[place];
            return (
              <tr key={place}>
                <th scope="row">
                  <Bar part={seller ? seller.sold / most : 0} />
                  <span>{seller?.item ?? nothing}</span>
                </th>
                <td class="n">{seller ? count.format(seller.sold) : '\u00a0'}</td>
                {hasRevenue && <td class="n">{seller ? money.format(Number(seller.revenue)) : '\u00a0'}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Funnel({ figures }: { readonly figures: LiveFigures | undefined }) {
  const steps = figures?.funnel ?? [];
  const [first] = steps;
  return (
    <div class="part">
      <table class="lb" id="live-funnel">
        <caption>
          <b>Sessions that began</b>, last {figures?.recentMinutes ?? 60} minutes
        </caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" class="n">
              Sessions
            </th>
            <th scope="col" class="n">
              Of all
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, sessions }) => {
            const part = first && first.sessions > 0 ? sessions / first.sessions : 0;
            return (
              <tr key={step}>
                <th scope="row">
                  <Bar part={part} />
                  <span>{step}</span>
                </th>
                <td class="n">{count.format(sessions)}</td>
                <td class="n">{(part * 100).toFixed(1)}%</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="note">They may still buy: each step is counted by itself.</p>
    </div>
  );
}

const Bar = ({ part }: { readonly part: number }) => (
  <span class="fill" aria-hidden="true" style={{ width: `${Math.min(1, part) * 100}%` }} />
);
