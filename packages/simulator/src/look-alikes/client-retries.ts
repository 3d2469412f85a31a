import { defineCase } from '../script/case-kind.ts';
import { personRows } from '../script/person.ts';
import { customers } from './customers.ts';

/** A person whose client sends an event again and again, because it gets no answer: copies within seconds. */
export const clientRetries = defineCase('client_retries', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { storms, retries }) {
    const { random } = stage;
    const session = stage.newSession(stage.visitor(customers));
    let second = stage.begin(3600);
    for (let storm = 0; storm < storms; storm++) {
      let last = second;
      for (const { after, type, product } of personRows(stage)) {
        last = second + after;
        stage.add(session, last, type, product);
        if (after > 0) continue;
        // Half of the copies have the time of the first one, the others that of the attempt.
        for (let copy = 0; copy < retries; copy++)
          stage.add(session, last + (copy % 2) * (1 + random.below(5)), type, product);
      }
      second = last + 60 + random.below(600);
    }
  },
});
