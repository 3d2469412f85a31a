import { defineCase } from '../script/case-kind.ts';

/** Accounts that strangers log into, one after the other: short sessions that follow each other and never overlap. */
export const credentialChurn = defineCase('credential_churn', {
  subject: 'campaign',
  isAttack: true,
  part: 60,
  members: ({ accounts }) => accounts,
  play(stage, { accounts, sessions, rows, pause }) {
    const duration = sessions * (pause + rows * 10);
    const begin = stage.begin(duration * accounts);
    for (let account = 0; account < accounts; account++) {
      const user = stage.newUser();
      let second = begin + account * duration;
      for (let visit = 0; visit < sessions; visit++) {
        const session = stage.newSession(user);
        const read = 1 + stage.random.below(2 * rows - 1);
        for (let row = 0; row < read; row++) {
          stage.add(session, second, 'view', stage.shop.drawProduct(stage.random));
          second += stage.gap(10, 60);
        }
        second += stage.gap(pause, 50);
      }
    }
  },
});
