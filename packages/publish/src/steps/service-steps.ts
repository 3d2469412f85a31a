import type { PublishedService } from '@headwater/core';
import { publishesTable } from '@headwater/core/internal';
import { crawlerDatabaseInput } from './database-input.ts';
import { databaseStep } from './database-step.ts';
import type { PublishStep } from './publish-step.ts';
import type { PublishStepsOptions } from './publish-steps.ts';
import { crawlerResource } from './resource/crawler-resource.ts';
import { dataQualityResource } from './resource/data-quality-resource.ts';
import { databrewResources } from './resource/databrew-resources.ts';
import { firehoseResource } from './resource/firehose-resource.ts';
import { resourceStep } from './resource/resource-step.ts';

type ServiceSteps = (options: PublishStepsOptions) => readonly PublishStep[];

/** The steps of each service that the config may ask for. */
const services: { readonly [Service in PublishedService]: ServiceSteps } = {
  dataBrew({ databrew, snapshot, target, signal }) {
    if (!databrew) return [];
    return databrewResources(databrew, snapshot.schema, snapshot.version, target).map((resource) =>
      resourceStep(resource, signal),
    );
  },
  crawler: ({ client, snapshot, target, signal }) => [
    databaseStep(client, crawlerDatabaseInput(snapshot.schema, target)),
    resourceStep(crawlerResource(client, snapshot.schema, target), signal),
  ],
  dataQuality: ({ client, snapshot, target, signal }) => [
    resourceStep(dataQualityResource(client, snapshot.schema, target), signal),
  ],
  stream: ({ firehose, snapshot, target, signal }) =>
    firehose ? [resourceStep(firehoseResource(firehose, snapshot.schema, target, signal), signal)] : [],
};

/** The steps of the services that the target asks for, for the table. What is asked for no longer stays until it is removed by hand. */
export const serviceSteps: ServiceSteps = (options) =>
  (Object.keys(services) as PublishedService[])
    .filter((service) => publishesTable(options.target, service, options.snapshot.table))
    .flatMap((service) => services[service](options));
