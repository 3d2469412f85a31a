import {
  type AwsTarget,
  type DerivedPolicy,
  deriveCrawlerRole,
  deriveDataBrewRole,
  deriveFirehoseRole,
  deriveFlinkRole,
  deriveSparkRole,
  type ServiceRole,
} from '@headwater/core';
import { carriesTable, publishesTable } from '@headwater/core/internal';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { PlatformFacts, ServiceRoleName } from '../platform-context.ts';
import { derivedRole } from './derived-role.ts';
import { policiesOf } from './policies-of.ts';

interface RoleRule {
  /** The role's name and trust. */
  of(target: AwsTarget): ServiceRole;
  /** The role that the config names instead, which then is not of the stack. */
  given?(target: AwsTarget): string | undefined;
  /** The tables that it works for. */
  isFor(target: AwsTarget, table: string): boolean;
}

const always = (): boolean => true;

const rules: Readonly<Record<ServiceRoleName, RoleRule>> = {
  crawler: {
    of: deriveCrawlerRole,
    given: ({ crawler }) => crawler?.role,
    isFor: (target, table) => publishesTable(target, 'crawler', table),
  },
  databrew: {
    of: deriveDataBrewRole,
    given: ({ dataBrew }) => dataBrew?.role,
    isFor: (target, table) => publishesTable(target, 'dataBrew', table),
  },
  firehose: {
    of: deriveFirehoseRole,
    given: ({ stream }) => stream?.role,
    isFor: (target, table) => publishesTable(target, 'stream', table),
  },
  flink: { of: (target) => deriveFlinkRole(target), isFor: carriesTable },
  'flink-studio': { of: (target) => deriveFlinkRole(target, 'studio'), isFor: carriesTable },
  'spark-job': { of: deriveSparkRole, isFor: always },
};

/** The roles that services run as. Each is made when a part asks for it, so a platform without Flink has no role for it. */
export class ServiceRoles extends Construct {
  readonly #facts: PlatformFacts;
  readonly #made = new Map<ServiceRoleName, IRole>();

  constructor(scope: Construct, id: string, facts: PlatformFacts) {
    super(scope, id);
    this.#facts = facts;
  }

  /** A role, as {@link PlatformContext.role}. */
  role(name: ServiceRoleName): IRole {
    const role = this.#made.get(name) ?? this.#make(name);
    this.#made.set(name, role);
    return role;
  }

  #make(name: ServiceRoleName): IRole {
    const { target } = this.#facts;
    const given = rules[name].given?.(target);
    if (given !== undefined) return Role.fromRoleArn(this, name, given, { mutable: false });
    const { RoleName, Description, AssumeRolePolicyDocument } = rules[name].of(target);
    const trust: object = JSON.parse(AssumeRolePolicyDocument);
    return derivedRole(this, name, {
      name: RoleName,
      description: Description,
      trust,
      policies: this.#policies(name),
    });
  }

  #policies(name: ServiceRoleName): Readonly<Record<string, DerivedPolicy>> {
    const { target, tables, landing } = this.#facts;
    const schemas = tables
      .map(({ schema }) => schema)
      .filter((schema) => rules[name].isFor(target, schema.name));
    return policiesOf(schemas, target, name, name === 'spark-job' ? { landing } : {});
  }
}
