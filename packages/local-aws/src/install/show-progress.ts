/** Milliseconds between two updates: on a terminal, where the line is overwritten, and elsewhere. */
const pauses = { terminal: 100, plain: 5000 };
const width = 24;

/**
 * Gives a function that takes the number of bytes so far and shows a bar, the speed and the time left on standard error.
 *
 * @example const show = showProgress('trino-hive-476.zip', 258_326_133); show(1_000_000);
 */
export function showProgress(name: string, total: number, from: number): (bytes: number) => void {
  const { stderr } = process;
  const isTerminal = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  const started = performance.now();
  let shown = started;
  return (bytes) => {
    const now = performance.now();
    const isLast = bytes >= total;
    if (!isLast && now - shown < (isTerminal ? pauses.terminal : pauses.plain)) return;
    shown = now;
    const line = progressLine(name, bytes, total, (bytes - from) / ((now - started) / 1000));
    stderr.write(isTerminal ? `\r\u001b[2K${line}${isLast ? '\n' : ''}` : `${line}\n`);
  };
}

function progressLine(name: string, bytes: number, total: number, speed: number): string {
  const filled = Math.min(width, Math.floor((bytes / total) * width));
  const left = (total - bytes) / speed;
  return [
    `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${name}`,
    `${megabytes(bytes)} of ${megabytes(total)} MB`,
    Number.isFinite(speed) ? `${megabytes(speed)} MB/s` : '',
    bytes < total && Number.isFinite(left) ? `${Math.ceil(left)} s left` : '',
  ]
    .filter(Boolean)
    .join('  ');
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
