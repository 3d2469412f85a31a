import { reportStyle } from '../report/report-style.ts';

/** The style sheet of the page. */
export const pageStyle = reportStyle;
