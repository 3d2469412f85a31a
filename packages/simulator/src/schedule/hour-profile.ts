/** Relative weights of the hours (UTC) of a day and the days of a week, for the sessions of a stream. */
export interface Profile {
  readonly hours: readonly number[];
  /** From Sunday on, in parts per hundred. */
  readonly weekdays: readonly number[];
  /** The column of the sale days that applies. */
  readonly sale: 'visitors' | 'buyers';
}

/** Traffic increases from the early morning and peaks in the afternoon. The two published hours are 9 and 16. */
export const visitorProfile: Profile = {
  hours: [
    110, 165, 275, 390, 480, 530, 556, 566, 562, 566, 534, 537, 551, 586, 650, 760, 800, 671, 522, 362, 231,
    145, 101, 90,
  ],
  weekdays: [106, 99, 99, 98, 98, 100, 105],
  sale: 'visitors',
};

/** Purchases peak in the morning, and decrease while views still increase. */
export const buyerProfile: Profile = {
  hours: [
    92, 170, 330, 500, 615, 680, 720, 743, 760, 785, 690, 645, 606, 566, 536, 514, 505, 402, 290, 190, 125,
    90, 70, 68,
  ],
  weekdays: [103, 99, 99, 99, 99, 101, 103],
  sale: 'buyers',
};
