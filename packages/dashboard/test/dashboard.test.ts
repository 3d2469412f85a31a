// All that needs a lake, in one run: it is made once, and the packages are loaded once.
import './compare/compare.cases.ts';
import './vega/vega-lite-of.cases.ts';
import './report/create-report.cases.ts';
import './server/serve-dashboard.cases.ts';
