import { defineEvents, timestamp } from '@headwater/core';
import { createProducer } from '@headwater/stream/producer';

const clicks = defineEvents('clicks', { columns: { at: timestamp() }, roles: { time: 'at' } });
const producer = createProducer(clicks, { streamName: 'clicks', partitionKey: () => 'one' });
try {
  await producer.send({ at: new Date() });
  console.log(JSON.stringify(await producer.close()));
} catch (error) {
  console.log(JSON.stringify(error));
}
