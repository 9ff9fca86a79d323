// The session travels as an opaque token in one cookie that scripts cannot read.
import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'suanquan_session'

export function sessionToken(request: FastifyRequest): string | null {
  const token = request.cookies[SESSION_COOKIE]
  return token !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(token) ? token : null
}

export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure })
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, { path: '/' })
}
