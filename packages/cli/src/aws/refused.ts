/** Names of errors by which AWS says that the caller may not ask. */
const denied =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized\w*|AuthorizationError\w*)$/;
const missing =
  /^(NoSuchEntity\w*|EntityNotFoundException|ResourceNotFoundException|NotFound\w*|ParameterNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|NoSuchBucket|NoSuchKey|InvalidRequestException)$/;

/** Whether AWS refused a request because the caller has no right to it. */
export const isDenied = (error: unknown): boolean => error instanceof Error && denied.test(error.name);

/** Whether AWS says that what was asked for is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && (missing.test(error.name) || /does not exist/.test(error.message));

/** A problem in words, without the request's id and without a key of the caller. */
export function problemText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message || error.name;
  return text.replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,}\b/g, '<key>').replace(/\s*\(request id:[^)]*\)/gi, '');
}
