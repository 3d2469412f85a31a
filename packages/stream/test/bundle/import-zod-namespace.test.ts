import { expect, test } from 'vitest';
import { namespaceImports } from '../../src/bundle/import-zod-namespace.ts';

test.each([
  ["import { z } from 'zod';", "import * as z from 'zod';"],
  ['import {z} from "zod"\nz.int()', "import * as z from 'zod'\nz.int()"],
  [
    "import {\n  type ZodType,\n  z,\n} from 'zod';",
    "import * as z from 'zod'; import { type ZodType } from 'zod';",
  ],
])('%j', (text, expected) => {
  expect(namespaceImports(text)).toBe(expected);
});

test.each([
  "import * as z from 'zod';",
  "import { z } from 'zod/mini';",
  "import { z as zod } from 'zod';",
  "import { int } from 'zod';",
  "import { z } from './zod.ts';",
])('%j stays', (text) => {
  expect(namespaceImports(text)).toBe(text);
});
