import type { LiveAlert } from '../api/api.ts';
import { minuteWords } from './live-words.ts';

/** Incidents that are always in sight; there is room for them from the start. */
const inSight = 4;

const count = new Intl.NumberFormat('en-GB');

/** The incidents of a stream, those with the newest notices first. */
export function LiveAlerts({
  alerts,
  count: all,
  zone,
}: {
  readonly alerts: readonly LiveAlert[];
  readonly count: number;
  readonly zone: string;
}) {
  const more = alerts.slice(inSight);
  return (
    <div class="part alerts">
      <h3>
        <b>Incidents</b>
        {all > 0 ? `, ${count.format(all)} in all` : ': none so far'}
      </h3>
      <ul class="inc" id="live-alerts">
        {alerts.slice(0, inSight).map((alert) => (
          <Alert key={alert.id} alert={alert} zone={zone} />
        ))}
      </ul>
      {more.length > 0 && (
        <details>
          <summary>Earlier incidents</summary>
          <ul class="inc more">
            {more.map((alert) => (
              <Alert key={alert.id} alert={alert} zone={zone} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const severityWords = { info: 'Note', warning: 'Warning', critical: 'Critical' } as const;

function Alert({
  alert: { title, since, evidence, severity, isOpen },
  zone,
}: {
  readonly alert: LiveAlert;
  readonly zone: string;
}) {
  return (
    <li class={isOpen ? severity : 'past'}>
      <span class={isOpen ? 'what' : 'what past'}>{title}</span>
      <span class="why">
        {isOpen ? `${severityWords[severity]} since` : 'Over, began at'} {minuteWords(since, zone)}.{' '}
        {evidence}
      </span>
    </li>
  );
}
