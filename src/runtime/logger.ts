import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** Names under which a secret might be logged by mistake; their values are never printed. */
const REDACTED = [
  'password',
  'client_secret',
  'secret',
  'token',
  'hash',
  'encoded',
  'salt',
  'rehash',
  'cookie',
];

/**
 * One JSON line an event. Messages are sentences; data goes into fields. Errors are written with `type`, `message`,
 * `code` and stack only, since drivers hang SQL and parameters on theirs.
 *
 * @param destination a stream for tests; standard error by default, so that commands keep standard output to themselves
 */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: [...REDACTED, ...REDACTED.map((name) => `*.${name}`)], censor: '[secret]' },
      serializers: { err: serializeError },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
}
