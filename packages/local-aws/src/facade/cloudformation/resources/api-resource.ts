import { AwsError } from '../../aws-error.ts';
import type { MadeResource, Properties, ResourceHandler, ResourcePlace } from './resource-handler.ts';

/** What a call is made of. */
export interface CallContext {
  readonly properties: Properties;
  /** Empty before the resource is created. */
  readonly id: string;
  /** The properties before an update; empty otherwise. */
  readonly old: Properties;
  /** The members of all answers so far. */
  readonly answer: Properties;
  readonly region: string;
  readonly account: string;
}

/** A call of a service's API. */
export interface ApiCall {
  readonly operation: string;
  /** Defaults to the service of the resource. */
  readonly service?: string;
  /** Members beside the properties, or instead of them; of a list, one call for each item. */
  readonly with?: (context: CallContext) => Properties | readonly Properties[];
  /** The properties that `with` carries. */
  readonly uses?: readonly string[];
  /** Whether only the members of `with` are sent. By default, properties of the same name are, too. */
  readonly isOwn?: boolean;
  /** Whether the call may fail, for what moto cannot do and AWS does. Defaults to false. */
  readonly mayFail?: boolean;
  /** Whether the call is made at all. Defaults to true. */
  readonly when?: (context: CallContext) => boolean;
}

/** A type of resource as calls of an API. */
export interface ApiResource {
  readonly service: string;
  /** The property that is its name. Generated where absent. */
  readonly name?: string;
  readonly replaces?: readonly string[];
  /** What Ref gives. Defaults to the name. */
  readonly id?: (context: CallContext) => string;
  readonly attributes?: (context: CallContext) => Readonly<Record<string, string>>;
  /**
   * A call that succeeds when the resource exists, or whose `member` is then a list with something in it. It is made before a resource is
   * created, since some services overwrite instead of refusing, and when an existing one is taken into a stack.
   */
  readonly exists?: ApiCall & { readonly member?: string };
  readonly create: readonly ApiCall[];
  /** Absent where nothing can be changed. */
  readonly update?: readonly ApiCall[];
  readonly delete: readonly ApiCall[];
  /** What is left out of the properties, each with its reason. */
  readonly leftOut?: (properties: Properties) => readonly string[];
}

/** Whether two values are the same JSON, whatever the order of members. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}

/** Makes the handler of a type that is described by calls. */
export function apiResource(type: string, row: ApiResource): ResourceHandler {
  const { name, replaces = [] } = row;

  /** Makes the calls in turn. @returns the answers, and the paths of properties that no call carried */
  async function run(
    place: ResourcePlace,
    calls: readonly ApiCall[],
    given: Omit<CallContext, 'answer' | 'region' | 'account'>,
  ): Promise<{ readonly context: CallContext; readonly unapplied: string[] }> {
    const { api, region, account } = place;
    let context: CallContext = { ...given, answer: {}, region, account };
    const used = new Set<string>();
    const nested = new Set<string>();
    for (const call of calls) {
      for (const property of call.uses ?? []) used.add(property);
      if (call.when?.(context) === false) continue;
      const service = call.service ?? row.service;
      for (const own of [call.with?.(context) ?? {}].flat()) {
        const { input, unknown } = api.shape(service, call.operation, {
          ...(call.isOwn ? {} : context.properties),
          ...own,
        });
        const strangers = new Set(unknown);
        if (!call.isOwn)
          for (const property of Object.keys(context.properties))
            if (!strangers.has(property)) used.add(property);
        for (const path of unknown) if (/[.[]/.test(path)) nested.add(path);
        const answer = await api.call(service, call.operation, input).catch((error: unknown) => {
          if (call.mayFail) return {};
          throw error;
        });
        context = { ...context, answer: { ...context.answer, ...answer } };
      }
    }
    const untouched = Object.keys(given.properties).filter((property) => !used.has(property));
    return { context, unapplied: [...untouched, ...nested] };
  }

  const idOf = (context: CallContext): string =>
    row.id?.(context) ?? String(name === undefined ? context.id : context.properties[name]);

  const named = (place: ResourcePlace, properties: Properties): Properties =>
    name === undefined || properties[name] !== undefined
      ? properties
      : { ...properties, [name]: place.generatedName };

  /** The resource that exists with the name of the properties. */
  async function found(place: ResourcePlace, properties: Properties): Promise<CallContext | undefined> {
    if (row.exists === undefined) return undefined;
    const { member } = row.exists;
    const read = await run(place, [row.exists], { properties, id: '', old: {} }).catch(() => undefined);
    const list = member === undefined ? [true] : read?.context.answer[member];
    return Array.isArray(list) && list.length > 0 ? read?.context : undefined;
  }

  function made(context: CallContext, unapplied: readonly string[], given: Properties): MadeResource {
    const id = idOf(context);
    const attributes = row.attributes?.({ ...context, id }) ?? {};
    return {
      id,
      properties: context.properties,
      attributes,
      unapplied: [...unapplied, ...(row.leftOut?.(given) ?? [])],
    };
  }

  return {
    name,
    replaces: [...replaces, ...(name === undefined ? [] : [name])],
    async create(place, given) {
      const properties = named(place, given);
      const existing = await found(place, properties);
      if (existing !== undefined) throw new AwsError('AlreadyExists', `${idOf(existing)} already exists`);
      const id = name === undefined ? place.generatedName : String(properties[name]);
      const { context, unapplied } = await run(place, row.create, { properties, id, old: {} });
      return made(context, unapplied, properties);
    },
    async adopt(place, properties) {
      const existing = await found(place, properties);
      return existing && made(existing, [], properties);
    },
    async update(place, before, given) {
      const properties = name === undefined ? given : { ...given, [name]: before.properties[name] };
      const changed = [...new Set([...Object.keys(properties), ...Object.keys(before.properties)])].filter(
        (property) => !isSame(properties[property], before.properties[property]),
      );
      const { unapplied } = await run(place, row.update ?? [], {
        properties: {
          ...Object.fromEntries(changed.map((property) => [property, undefined])),
          ...properties,
        },
        id: before.id,
        old: before.properties,
      });
      const refused = changed.find(
        (property) => unapplied.includes(property) && !before.unapplied.includes(property),
      );
      if (refused !== undefined)
        throw new AwsError('NotUpdatable', `The stand-in cannot change ${refused} of ${type}`);
      const kept = [...new Set([...before.unapplied, ...unapplied])];
      return {
        id: before.id,
        properties,
        attributes: before.attributes,
        unapplied: kept.filter((path) => before.unapplied.includes(path)),
      };
    },
    async delete(place, { id, properties }) {
      await run(place, row.delete, { properties, id, old: properties });
    },
  };
}
