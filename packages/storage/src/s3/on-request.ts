/** Called for each request that is sent, with its operation, such as `PutObject`. A repeated request is one more. */
export type OnRequest = (operation: string) => void;
