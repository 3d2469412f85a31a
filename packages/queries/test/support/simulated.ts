/** The days of the simulated events: a leap day, the ends of a month and of a week are among them. */
export const simulated = { start: '2024-02-26', days: 10, end: '2024-03-06' };
