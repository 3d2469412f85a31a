import { defineCase } from '../script/case-kind.ts';
import { playPerson } from '../script/person.ts';
import { customers } from './customers.ts';

/** A family or an office with one account: sessions of several people at the same time. */
export const sharedAccount = defineCase('shared_account', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { people, visits }) {
    const user = stage.visitor(customers);
    for (let visit = 0; visit < visits; visit++) {
      const evening = stage.begin(7200);
      for (let person = 0; person < people; person++)
        playPerson(stage, user, evening + stage.random.below(900), { buys: stage.random.below(8) === 0 });
    }
  },
});
