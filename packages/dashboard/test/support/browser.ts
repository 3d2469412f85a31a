import { existsSync } from 'node:fs';

/** Where Chromium and Chrome are on machines that have one. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
] as const;

/** The path of the browser: HEADWATER_CHROMIUM, or else the first of the usual places that has one. Undefined when none has. */
export const browserPath: string | undefined = [process.env['HEADWATER_CHROMIUM'] ?? '', ...places].find(
  (path) => path !== '' && existsSync(path),
);
