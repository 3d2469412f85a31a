import { afterAll, beforeAll, describe } from 'vitest';
import { pageKeyboardCases } from './browser/page-keyboard.ts';
import { pageLooksCases } from './browser/page-looks.ts';
import { pageNumbersCases } from './browser/page-numbers.ts';
import { pageStatesCases } from './browser/page-states.ts';
import { reportCases } from './browser/report.ts';
import { browserPath } from './support/browser.ts';
import { type BrowserScene, browserScene } from './support/browser-scene.ts';

/** The page and the report as a reader has them, in one browser over one lake. Skipped where no Chromium is found. */
describe.skipIf(browserPath === undefined)('in a browser', () => {
  let scene: BrowserScene;
  beforeAll(async () => {
    scene = await browserScene();
  });
  afterAll(() => scene?.close());

  const given = () => scene;
  describe('the report', () => reportCases(given));
  describe('the numbers of the page', () => pageNumbersCases(given));
  describe('the looks of the page', () => pageLooksCases(given));
  describe('the keyboard', () => pageKeyboardCases(given));
  describe('what the page says', () => pageStatesCases(given));
});
