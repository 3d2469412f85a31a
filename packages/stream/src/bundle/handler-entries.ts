interface HandlerEntry {
  /** The file in `entries`, and the function in it that makes the handler of a table and settings. */
  readonly module: string;
  readonly maker: string;
}

/** The handlers that can be bundled. */
export const handlerEntries = {
  alerts: { module: 'alerts-entry', maker: 'alertsFunction' },
  detect: { module: 'detect-entry', maker: 'detectFunction' },
  recommend: { module: 'recommend-entry', maker: 'recommendFunction' },
  relay: { module: 'relay-entry', maker: 'relayFunction' },
  reminders: { module: 'reminders-entry', maker: 'remindersFunction' },
  sessions: { module: 'sessions-entry', maker: 'sessionsFunction' },
  transform: { module: 'transform-entry', maker: 'transformFunction' },
} as const satisfies Readonly<Record<string, HandlerEntry>>;

/** The name of a handler. */
export type HandlerName = keyof typeof handlerEntries;
