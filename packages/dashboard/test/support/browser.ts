import { existsSync } from 'node:fs';

/** Where Chromium and Chrome are on machines that have one. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
] as const;

/** The browser of this machine: that of HEADWATER_CHROMIUM, or one in the usual places. Undefined where there is none. */
export const browserPath: string | undefined = [process.env['HEADWATER_CHROMIUM'] ?? '', ...places].find(
  (path) => path !== '' && existsSync(path),
);
