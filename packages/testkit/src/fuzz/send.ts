// Sends one request, answers what came back; an answer that does not come is said after a long while, never waited for.
import { Agent, request as open } from 'node:http'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { FuzzRequest } from './requests.ts'

export interface FuzzAnswer {
  /** 0: none came */
  readonly status: number
  readonly type: string
  readonly text: string
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
}

const LONGEST_MS = 60_000

export interface Sender {
  readonly send: (request: FuzzRequest, cookie: string) => Promise<FuzzAnswer>
  /** bytes as they are, then the end; status 0 and no text: closed without a word */
  readonly sendBytes: (bytes: string) => Promise<FuzzAnswer>
  readonly close: () => void
}

export function sender(url: string, connections: number): Sender {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    send: (request, cookie) =>
      new Promise((done) => {
        const { method, path, body } = request
        const headers: Record<string, string> = { ...request.headers }
        if (cookie !== '') headers['cookie'] = cookie
        if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
        const none = (why: string): void => done({ status: 0, type: '', text: why })
        const sent = open({ hostname, port, agent, method, path, headers, timeout: LONGEST_MS }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', (error) => none(error.message))
          answer.on('end', () => {
            const packed = DECODERS[answer.headers['content-encoding'] ?? '']
            const bytes = Buffer.concat(parts)
            const text = (packed === undefined || bytes.length === 0 ? bytes : packed(bytes)).toString('utf8')
            done({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text })
          })
        })
        sent.on('timeout', () => sent.destroy(new Error('no answer')))
        sent.on('error', (error) => none(error.message))
        sent.end(body)
      }),
    sendBytes: (bytes) =>
      new Promise((done) => {
        let came = Buffer.alloc(0)
        let silent = ''
        const socket = connect(Number(port), hostname, () => socket.end(bytes, 'latin1'))
        socket.setTimeout(LONGEST_MS, () => socket.destroy(new Error('no answer')))
        socket.on('data', (part) => (came = Buffer.concat([came, part])))
        socket.on('error', (error) => (silent = error.message === 'no answer' ? error.message : ''))
        socket.on('close', () => {
          const text = came.toString('utf8')
          const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
          const type = /^content-type: (.*)$/im.exec(text)?.[1]?.trim() ?? ''
          done({ status, type, text: silent || text.slice(text.indexOf('\r\n\r\n') + 4) })
        })
      }),
    close: () => agent.destroy(),
  }
}
