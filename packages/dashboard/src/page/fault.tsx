/** Why a card has no figures, and what to do about it. The other cards stay as they are. */
export function Fault({ what, error, retry }: { what: string; error: string; retry: () => void }) {
  return (
    <div class="fault">
      <p>
        <strong>{what} could not be answered.</strong>
      </p>
      <p class="err">{error}</p>
      <button type="button" class="btn sm" onClick={retry}>
        Try again<span class="sr">: {what}</span>
      </button>
    </div>
  );
}
