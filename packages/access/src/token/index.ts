export { bearerToken } from './bearer-token.ts';
export { newToken } from './new-token.ts';
export { isSameSecret, tokenDigest } from './token-digest.ts';
export { type FoundToken, type ListedToken, type TokenList, tokenList, tokenType } from './token-list.ts';
export { type WatchedFileOptions, watchedFile } from './watched-file.ts';
