import type { TableInput } from '@aws-sdk/client-glue';
import type { GlueTableInput } from '@headwater/core';
import { expectTypeOf } from 'vitest';

// What core derives goes to the AWS SDK as it is: core knows the shapes, and not the SDK.
expectTypeOf<GlueTableInput>().toExtend<TableInput>();
