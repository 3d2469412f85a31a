// Runs in a page of the dashboard before its own script: takes the times of what a reader sees. `bench.shown` resolves with milliseconds.

/** @type {(began: number, hasBegun: boolean) => Promise<{ chart: number, all: number }>} */
const watch = (began, isOpening) =>
  new Promise((resolve) => {
    let hasBegun = isOpening;
    let chart;
    const has = (selector) => document.querySelector(selector) !== null;
    const check = () => {
      if (chart === undefined || has('[aria-busy=true]')) return;
      observer.disconnect();
      resolve({ chart, all: performance.now() - began });
    };
    let isSeen = false;
    const observer = new MutationObserver(() => {
      hasBegun ||= has('#course[aria-busy=true]');
      if (!hasBegun) return;
      if (!isSeen && has('#course .plot svg, #course .none') && !has('#course[aria-busy=true]')) {
        isSeen = true;
        // After the frame in which it is painted.
        requestAnimationFrame(() =>
          setTimeout(() => {
            chart = performance.now() - began;
            check();
          }, 0),
        );
      }
      check();
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });

globalThis.bench = {
  shown: watch(0, true),
  /** Does what a reader does, and begins to watch. */
  change(change) {
    globalThis.bench.shown = watch(performance.now(), false);
    if ('ranking' in change)
      document.querySelectorAll(`#${change.ranking} tbody button`)[change.row]?.click();
    else if ('grain' in change) document.querySelector(`input[name=grain][value=${change.grain}]`)?.click();
    else if ('from' in change) {
      const input = document.querySelector('#from');
      input.value = change.from;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    } else document.querySelectorAll('.tile .pick')[change.figure - 1]?.click();
  },
};
