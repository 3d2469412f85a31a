import { expect, test } from 'vitest';
import { awsProblem } from '../src/aws/aws-problem.ts';

const failure = (name: string, message: string): Error => Object.assign(new Error(message), { name });

test.each([
  [
    failure('CredentialsProviderError', 'Could not load credentials'),
    /^no AWS credentials were found\. Set AWS_PROFILE/,
  ],
  [failure('ExpiredTokenException', 'The security token is expired'), /Sign in again$/],
  [
    failure('AccessDeniedException', 'not authorized to perform: glue:GetTable'),
    /glue:GetTable\. The role needs .* --role publisher$/,
  ],
  [failure('EntityNotFoundException', 'Database shop not found'), /^Database shop not found$/],
  ['a text', /^a text$/],
])('%s says what to do', (error, words) => {
  expect(awsProblem(error)).toMatch(words);
});
