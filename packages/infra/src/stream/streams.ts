import { deriveFirehose, type EventsTable } from '@headwater/core';
import { firehosePlace, publishesTable, streamOf, streamTableName } from '@headwater/core/internal';
import { publishedResourceTags } from '@headwater/publish';
import { Tags } from 'aws-cdk-lib';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import { Catalog } from '../catalog/catalog.ts';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { dependOn } from '../resource/depend-on.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { logGroup } from '../resource/log-group.ts';
import { otherPart } from '../resource/part-of.ts';
import { streamTable } from '../stream-parts.ts';
import { eventStream } from './event-stream.ts';

/**
 * The Kinesis stream of the events, and the delivery stream that writes them beside the lake where the config names one. With `infra.catalog:
 * 'published'` publishing makes the delivery stream, and finds its role and its group of logs here.
 */
export class Streams extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, sizes } = context;
    const table = streamTable(context);
    if (table === undefined) return;
    Tags.of(this).add('headwater:table', table.name);
    const events = eventStream(this, 'Events', streamOf(table.name, target), sizes.stream);
    if (publishesTable(target, 'stream', table.name)) this.#deliver(scope, table, context, events);
  }

  #deliver(
    platform: Construct,
    { name, schema }: EventsTable,
    context: PlatformContext,
    events: Stream,
  ): void {
    const { target, sizes, infra } = context;
    const place = firehosePlace(name, target);
    const logs = logGroup(this, 'DeliveryLogs', {
      name: place.logGroup,
      days: sizes.logDays,
      streams: ['DestinationDelivery'],
    });
    const role = context.role('firehose');
    if (infra.catalog === 'published') return;
    // Publishing takes it for its own by its record.
    const { 'delivery-stream': tags = {} } = publishedResourceTags('stream', schema, '', target);
    const delivery = derivedResource(this, 'Delivery', 'AWS::KinesisFirehose::DeliveryStream', {
      ...deriveFirehose(schema, target),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    acknowledge(delivery, {
      'AwsSolutions-KDF1':
        'Its source is a Kinesis stream, which is encrypted. Firehose takes a key of its own for direct puts only',
    });
    dependOn(
      delivery,
      ...[events, logs, role, context.bucketOf(place.landing)],
      // It converts by a table of the catalog.
      Catalog.of(platform)?.tableCatalog(name).table(streamTableName(name)),
      // Firehose looks whether it may read that table, which is nobody's before it is granted.
      otherPart(this, ['lakeFormation']),
    );
  }
}
