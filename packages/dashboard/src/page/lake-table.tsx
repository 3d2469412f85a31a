import type { ComparedFigure, LiveFigures } from '../api/api.ts';
import { hourWords, spanWords } from './live-words.ts';

const formats: Readonly<Record<ComparedFigure['unit'], Intl.NumberFormat>> = {
  count: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }),
  money: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  mean: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
};

/** What the stream counted beside what the lake answers, over the hours that both have, and why they differ. */
export function LakeTable({
  figures,
  zone,
}: {
  readonly figures: LiveFigures | undefined;
  readonly zone: string;
}) {
  const compared = figures?.compared;
  const records = figures?.records;
  const { count } = formats;
  return (
    <div class="part wide" id="live-compared">
      <div class="both">
        <table>
          <caption>
            <b>Stream beside lake</b>
            {compared?.hours && `, ${spanWords(compared.hours.first, compared.hours.last, zone)}`}
          </caption>
          <ComparedHead rows="Figure" />
          <tbody>
            {compared?.figures.map(({ title, unit, stream, lake, difference }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td class="n">{formats[unit].format(Number(stream))}</td>
                <td class="n">{formats[unit].format(Number(lake))}</td>
                <td class="n">
                  <data value={difference}>{signed(formats[unit], Number(difference))}</data>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="reasons">
          {compared ? (
            <>
              {compared.isEqual && <p>Both say the same.</p>}
              {compared.reasons.map((reason) => (
                <p key={reason}>{reason}</p>
              ))}
            </>
          ) : (
            <p>The lake has not been asked yet.</p>
          )}
          {records && (
            <p>
              Of {count.format(records.sent)} records sent, {count.format(records.archived)} are in the lake,{' '}
              {count.format(records.duplicates)} are duplicates, {count.format(records.quarantined)} are
              quarantined, {count.format(records.waiting)} wait
              {records.unsent > 0 && `, ${count.format(records.unsent)} were not sent`}.
            </p>
          )}
          <p>
            <button type="button" class="lk" onClick={() => location.reload()}>
              Ask the figures of the page again
            </button>
          </p>
        </div>
      </div>
      {compared && compared.byHour.length > 1 && (
        <details>
          <summary>Events of each hour</summary>
          <div class="scroll">
            <table>
              <ComparedHead rows="Hour from" />
              <tbody>
                {compared.byHour.toReversed().map(({ hour, stream, lake }) => (
                  <tr key={hour}>
                    <th scope="row">{hourWords(hour, zone)}</th>
                    <td class="n">{count.format(stream)}</td>
                    <td class="n">{count.format(lake)}</td>
                    <td class="n">{signed(count, stream - lake)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </div>
  );
}

/** The heads of a table of figures of the stream and of the lake. */
function ComparedHead({ rows }: { readonly rows: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{rows}</th>
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
  );
}

/** With its sign; a minus is a minus, not a hyphen. */
const signed = (format: Intl.NumberFormat, value: number): string =>
  value === 0 ? '0' : `${value > 0 ? '+' : '−'}${format.format(Math.abs(value))}`;
