// The log: one JSON line an event on stderr, a request as method and path. Queries, headers and bodies stay out of it:
// they may hold tokens and personal data.
import { pino, type Logger } from 'pino'

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

export type LogLevel = (typeof logLevels)[number]

export function openLog(level: LogLevel): Logger {
  const serializers = {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
      id,
      method,
      path: url.replace(/\?.*$/s, ''),
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    err: pino.stdSerializers.err,
  }
  return pino({ level, serializers }, pino.destination({ fd: 2, sync: false }))
}
