import { z } from 'zod';

/** The body of every refusal. */
export const errorBody = z
  .object({
    code: z.string().describe('Stable, for programs'),
    message: z.string().describe('What is wrong and what to do, for people'),
    field: z.string().optional().describe('The parameter that is wrong'),
  })
  .describe('Why there is no answer');

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorBody } },
});

/** The refusals of every route that has to do with data. */
export const errorResponses = {
  400: refusal('A parameter is wrong, or none of the route'),
  401: refusal('There is no valid token'),
  403: refusal('The tenant of the token has no access'),
  404: refusal('There is no such metric, column or route'),
  406: refusal('No form of the answer is acceptable'),
  422: refusal('The question or its answer is too large'),
  429: refusal('Too many requests, or too much to read: Retry-After says when to come again'),
  503: refusal('The service is busy, or ends'),
  504: refusal('The answer took too long'),
};
