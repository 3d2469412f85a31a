import type { Severity } from '../../alerts/threshold.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { DetectorDefinition, Report } from '../detector.ts';
import type { ShopAction, ShopEvent } from '../shop-event.ts';
import { actorKinds } from './actor-kinds.ts';
import { type ActorRow, hashOf } from './actor-row.ts';
import { createActorSlots, type SlotState } from './memory/actor-slots.ts';
import { type FieldSizes, fieldsAt, wordsOf } from './memory/words.ts';
import {
  type ActorKindName,
  type ActorParameters,
  actorParameterRanges,
  defaultActorParameters,
} from './parameters.ts';
import { createPendingSigns, type PendingSign, type PendingSignState } from './pending-signs.ts';

/** What is remembered of each actor for all kinds. */
const sharedSizes = { rows: 1, item: 1, action: 1, session: 1 } as const satisfies FieldSizes;
const actions: readonly (ShopAction | undefined)[] = [
  undefined,
  'view',
  'cart',
  'removeFromCart',
  'purchase',
];

/** Words of 32 bits that an actor takes. */
export const wordsOfActor =
  wordsOf(sharedSizes) + actorKinds.reduce((sum, { sizes }) => sum + wordsOf(sizes), 0);

/** What is kept of a suspect beside its words. */
interface Suspicion {
  readonly rows: EventRow[];
  /** What it was last found as, and when, in milliseconds since 1970. */
  found: Found | undefined;
}

type Found = readonly [kind: string, time: number];

/** Where the detector stands, as plain data. Rows of evidence are left out: they begin anew after a restart. */
interface ActorDetectorState {
  readonly actors: readonly SlotState[];
  readonly found: readonly (readonly [actor: string, found: Found])[];
  readonly pending: readonly PendingSignState[];
}

/** Finds single actors that do not behave as shoppers: scrapers, walkers, monitors, replays, cart bombers, hoarders and snipers. */
export const actorDetector: DetectorDefinition<ActorParameters> = {
  kinds: actorKinds.map(({ kind }) => kind),
  needs: { roles: ['actor', 'item', 'action'], actions: ['view', 'cart'] },
  version: 2,
  defaults: defaultActorParameters,
  ranges: actorParameterRanges,
  create(_shop, parameters, state) {
    const { memory } = parameters;
    const before = state as ActorDetectorState | undefined;
    const suspicions = new Map<string, Suspicion>(
      before?.found.map(([actor, found]) => [actor, { rows: [], found }]),
    );
    const slots = createActorSlots(
      wordsOfActor,
      memory,
      memory.lifetime * 1000,
      (actor) => suspicions.delete(actor),
      before?.actors,
    );
    const shared = fieldsAt(slots.cursor, sharedSizes, 0);
    let offset = wordsOf(sharedSizes);
    const severityOf = new Map<ActorKindName, Severity>();
    const watches = actorKinds.map((kind) => {
      const watch = kind.watch(slots.cursor, offset, parameters);
      offset += wordsOf(kind.sizes);
      const { kind: name, severity, awaitsPurchase = false } = kind;
      severityOf.set(name, severity);
      return { kind: name, awaitsPurchase, watch };
    });
    const pending = createPendingSigns(memory, before?.pending);
    const row: ActorRow = {
      ...{ time: 0, gap: 0, action: undefined, item: 0, itemId: '' },
      ...{ itemBefore: 0, actionBefore: undefined, isNewSession: false },
    };

    /** Puts the row and what it follows into `row`, and remembers it. */
    function read({ time, action, item = '', session = '' }: ShopEvent): void {
      row.time = time;
      row.gap = time - slots.before;
      row.action = action;
      row.itemId = item;
      row.item = item === '' ? 0 : hashOf(item);
      row.itemBefore = shared.item;
      row.actionBefore = actions[shared.action];
      const sessionBefore = shared.session;
      shared.session = session === '' ? 0 : hashOf(session);
      row.isNewSession = sessionBefore !== 0 && shared.session !== sessionBefore;
      shared.item = row.item;
      shared.action = actions.indexOf(action);
      shared.rows += 1;
      if (shared.rows === memory.knownAfter) slots.raise('known');
    }

    function suspicionOf(actor: string): Suspicion {
      let suspicion = suspicions.get(actor);
      if (suspicion === undefined) {
        suspicion = { rows: [], found: undefined };
        suspicions.set(actor, suspicion);
      }
      return suspicion;
    }

    function tell(
      subject: string,
      { kind, sign: { seen, expected, start }, strength, last, rows }: Omit<PendingSign, 'since'>,
      report: Report,
    ): void {
      report({
        ...{ kind, severity: severityOf.get(kind) ?? 'warning', subjectType: 'actor', subject },
        ...{ start, end: last + 1, seen, expected, score: Math.round(strength * 100) / 100 },
        ...{ rows, eventType: null },
      });
    }

    return {
      observe(event, report) {
        const { actor, time } = event;
        if (actor === undefined) return;
        slots.take(actor, time);
        read(event);
        let suspicion = slots.isSuspect ? suspicionOf(actor) : undefined;
        if (suspicion !== undefined) {
          keepRow(suspicion.rows, event.row, memory.evidence);
          if (event.action === 'purchase') pending.clear(actor);
        }
        for (const { kind, awaitsPurchase, watch } of watches) {
          const strength = watch.observe(row);
          if (strength < 0.5) continue;
          if (suspicion === undefined) {
            slots.raise('suspects');
            suspicion = suspicionOf(actor);
            keepRow(suspicion.rows, event.row, memory.evidence);
          }
          if (strength < 1) continue;
          if (suspicion.found !== undefined && !isToldAgain(suspicion.found, kind, time, memory)) continue;
          const sign = { kind, sign: watch.sign(row), strength, last: time, rows: [...suspicion.rows] };
          if (awaitsPurchase && strength < memory.certain && suspicion.found === undefined) {
            pending.note(actor, sign);
            continue;
          }
          pending.clear(actor);
          suspicion.found = [kind, time];
          tell(actor, sign, report);
        }
      },
      endMinute(end, report) {
        for (const [actor, sign] of pending.takeDue(end)) {
          const suspicion = suspicions.get(actor);
          if (suspicion !== undefined) suspicion.found = [sign.kind, sign.last];
          tell(actor, sign, report);
        }
      },
      snapshot: (share = 1): ActorDetectorState => ({
        actors: partOf(slots.snapshot(), share),
        pending: pending.snapshot(),
        found: [...suspicions].flatMap(([actor, { found }]) => (found ? [[actor, found] as const] : [])),
      }),
    };
  },
};

/** Whether an actor that was found is found once more: what goes on is told now and then, anything else a day later. */
function isToldAgain(
  [kindBefore, timeBefore]: Found,
  kind: string,
  time: number,
  { repeat, goesOn, oneKind }: ActorParameters['memory'],
): boolean {
  const since = (time - timeBefore) / 1000;
  return since >= oneKind || (kind === kindBefore && since >= repeat && since <= goesOn);
}

/** The last ones are suspects, and before them the known. */
const partOf = (actors: readonly SlotState[], share: number): readonly SlotState[] =>
  share < 1 ? actors.slice(actors.length - Math.floor(actors.length * share)) : actors;

function keepRow(rows: EventRow[], row: EventRow, most: number): void {
  if (rows.length >= most) rows.shift();
  rows.push(row);
}
