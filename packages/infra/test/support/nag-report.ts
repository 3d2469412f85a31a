import { type CfnResource, type PolicyViolation, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagMessageLevel, NagPack, NagRuleCompliance, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** The packs that the platform is held to. */
export const packs = [AwsSolutionsChecks, ServerlessChecks] as const;

/** Findings of the packs, as `rule path`. */
export const findingsOf = (root: IConstruct, options: { readonly acknowledged: boolean }): string[] =>
  packs.flatMap((Pack) => {
    const pack = new Pack(root);
    // What is acknowledged is found as well.
    if (!options.acknowledged) Object.assign(pack, { isAcknowledged: () => false });
    return pack.validateScope(root).violations.flatMap(linesOf);
  });

const linesOf = ({ ruleName, violatingResources }: PolicyViolation): string[] =>
  violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`);

/** A pack that finds every resource: it says what packs are shown. */
class SeeAll extends NagPack {
  override readonly name = 'see-all';

  constructor(root: IConstruct) {
    super(root);
    this.packName = 'SeeAll';
  }

  protected override checkResource(node: CfnResource): void {
    this.applyRule({
      ruleSuffixOverride: 'Seen',
      info: node.cfnResourceType,
      explanation: node.cfnResourceType,
      level: NagMessageLevel.ERROR,
      rule: () => NagRuleCompliance.NON_COMPLIANT,
      node,
    });
  }
}

/** The paths of the resources that packs are shown. */
export const seenBy = (root: IConstruct): string[] =>
  new SeeAll(root)
    .validateScope(root)
    .violations.flatMap((one) => linesOf(one).map((line) => line.replace(/^\S+ /, '')));

/** An acknowledgement, and the construct that has it. */
export interface Acknowledged {
  readonly path: string;
  readonly rule: string;
  readonly reason: string;
}

/** Every acknowledgement in a tree. */
export const acknowledgements = (root: IConstruct): Acknowledged[] =>
  root.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Readonly<Record<string, string>>).map(([rule, reason]) => ({
          path: node.path,
          rule: rule.replace(/^annotation::/i, ''),
          reason,
        })),
      ),
  );
