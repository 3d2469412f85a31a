import { inputProblems } from '../../../model/input-problems.ts';
import { readServiceModel } from '../../../model/service-model.ts';
import type { Members } from '../../../rules/aws-rule.ts';
import { AwsError } from '../../aws-error.ts';
import { NamedResources } from './named-resources.ts';

type Operation = (held: Held, input: Members) => object;

interface Held {
  readonly crawlers: NamedResources;
  readonly rulesets: NamedResources;
}

const nameOf = ({ Name }: Members): string => String(Name);

/** Glue answers the name of a role, whatever it was given (https://docs.aws.amazon.com/glue/latest/webapi/API_Crawler.html). */
const roleName = (role: unknown): string => String(role).replace(/^arn:[^/]*:role\//, '');

/** A crawler as GetCrawler describes it. */
function describeCrawler({ Role, Schedule, ...crawler }: Members): Members {
  return {
    ...crawler,
    Role: roleName(Role),
    State: 'READY',
    ...(Schedule === undefined || Schedule === ''
      ? {}
      : { Schedule: { ScheduleExpression: Schedule, State: 'SCHEDULED' } }),
  };
}

/**
 * Crawlers and rulesets of Data Quality. The emulator cannot update a crawler, and has no rulesets. Nothing crawls here.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateCrawler.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDataQualityRuleset.html
 */
const operations: Readonly<Record<string, Operation>> = {
  CreateCrawler({ crawlers }, input) {
    crawlers.create(input);
    return {};
  },
  UpdateCrawler({ crawlers }, input) {
    crawlers.update(input);
    return {};
  },
  GetCrawler: ({ crawlers }, input) => ({ Crawler: describeCrawler(crawlers.get(nameOf(input))) }),
  GetCrawlers: ({ crawlers }) => ({ Crawlers: crawlers.list().map(describeCrawler) }),
  ListCrawlers: ({ crawlers }) => ({ CrawlerNames: crawlers.list().map(nameOf) }),
  DeleteCrawler({ crawlers }, input) {
    crawlers.delete(nameOf(input));
    return {};
  },
  CreateDataQualityRuleset({ rulesets }, { ClientToken: _, ...input }) {
    rulesets.create(input);
    return { Name: nameOf(input) };
  },
  UpdateDataQualityRuleset({ rulesets }, input) {
    rulesets.update(input);
    return rulesets.get(nameOf(input));
  },
  GetDataQualityRuleset: ({ rulesets }, input) => rulesets.get(nameOf(input)),
  ListDataQualityRulesets: ({ rulesets }) => ({ Rulesets: rulesets.list() }),
  DeleteDataQualityRuleset({ rulesets }, input) {
    rulesets.delete(nameOf(input));
    return {};
  },
};

/** Answers requests about the upkeep of the catalogue: crawlers, rulesets, and the tags of both. */
export class Upkeep {
  readonly #held: Held = {
    crawlers: new NamedResources('crawler'),
    rulesets: new NamedResources('dataQualityRuleset'),
  };

  /** Gives undefined for any other operation, and for tags of anything else. */
  answer(operation: string, input: unknown): object | undefined {
    const members: Members = Object(input);
    const answer = operations[operation];
    if (!answer) return this.#tagsAnswer(operation, members);
    const [problem] = inputProblems(readServiceModel('glue'), operation, members);
    if (problem !== undefined) throw new AwsError('InvalidInputException', problem);
    return answer(this.#held, members);
  }

  #tagsAnswer(operation: string, { ResourceArn, TagsToAdd }: Members): object | undefined {
    const [kind, ...name] = String(ResourceArn).split(':').slice(5).join(':').split('/');
    const held = Object.values(this.#held).find((one: NamedResources) => one.kind === kind);
    if (!held) return undefined;
    const resource = name.join('/');
    if (operation === 'GetTags') return { Tags: held.tags(resource) };
    if (operation !== 'TagResource') return undefined;
    held.tag(resource, Object(TagsToAdd));
    return {};
  }
}
