// The way a request is sent: the file of an upload, and what may be wrong with headers, encodings, methods and addresses.
import type { Random } from '@suanquan/core'
import { gzipSync } from 'node:zlib'
import { pdf } from '../test-case.ts'

export interface Draft {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array
}

const FILES: readonly (readonly [string, () => Uint8Array | string])[] = [
  ['a.pdf', pdf],
  ['a.pdf', () => pdf().slice(0, 20)],
  ['a.pdf', () => 'MZ\u0090\u0000'],
  ['a.xml', () => '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['a.svg', () => '<svg onload=alert(1)>'],
  ['sacct.json', () => '{"jobs":[{"account":"x","time":{"start":1e309}}]}'],
  ['sacct.json', () => `{"jobs":${'['.repeat(100_000)}`],
  ['a.csv', () => '\ufeff=cmd|calc,1\r\n"unclosed'],
  ['a.xlsx', () => 'PK\u0003\u0004broken'],
  ['a.zip', () => gzipSync('../'.repeat(1000))],
  ['empty.pdf', () => ''],
]
const NAMES = ['../../etc/passwd', 'a\u0000.pdf', 'a\u202efdp.exe', '名'.repeat(300), '.', '.pdf', 'con', '%']

export function addFile(draft: Draft, random: Random): void {
  const [name, content] = random.pick(FILES)
  const shown = random.int(5) === 0 ? random.pick(NAMES) : name
  draft.headers['content-type'] = random.pick(['application/octet-stream', 'application/pdf', 'text/html'])
  draft.headers['x-file-name'] = random.int(30) === 0 ? '%E0%A4%A' : encodeURIComponent(shown)
  draft.body = content()
}

/** What may be wrong with the way a request is sent; `elsewhere` when it is for no route any more. */
export const SENDING: readonly ((draft: Draft, random: Random) => 'elsewhere' | undefined)[] = [
  (draft, random) => {
    const types = [
      'text/plain',
      'application/xml',
      'multipart/form-data',
      'application/json; charset=gbk',
      'x',
      '',
    ]
    draft.headers['content-type'] = random.pick(types)
    return undefined
  },
  (draft) => {
    if (draft.body !== undefined) draft.body = draft.body.slice(0, Math.floor(draft.body.length / 2))
    return undefined
  },
  (draft, random) => {
    const text = String(draft.body ?? '{}')
    draft.body = random.pick([
      Buffer.from(text, 'utf16le'),
      Buffer.from(`\ufeff${text}`),
      Buffer.from([0x7b, 0xba, 0xcf, 0x7d]),
      Buffer.from(`${text}${text}`),
      Buffer.alloc(2 * 1024 * 1024 + 1, 0x20),
      Buffer.alloc(0),
      'null',
      '[]',
      '"x"',
      '[['.repeat(200_000),
      text.replace('{', '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},'),
    ])
    return undefined
  },
  (draft) => {
    draft.body = gzipSync(Buffer.alloc(4 * 1024 * 1024))
    draft.headers['content-encoding'] = 'gzip'
    return undefined
  },
  (draft, random) => {
    draft.headers['idempotency-key'] = random.pick([
      '',
      'short',
      'k'.repeat(5000),
      'with space in it',
      '%00'.repeat(9),
    ])
    return undefined
  },
  (draft) => {
    delete draft.headers['idempotency-key']
    return undefined
  },
  (draft, random) => {
    draft.headers['origin'] = random.pick(['https://evil.example', 'null', 'http://[', 'x'.repeat(3000)])
    return undefined
  },
  (draft, random) => {
    draft.headers[
      random.pick(['x-forwarded-for', 'accept-encoding', 'if-none-match', 'accept-language', 'range'])
    ] = random.pick(['127.0.0.1', '*', 'br;q=9', 'bytes=-1', 'x'.repeat(4000), ','.repeat(2000)])
    return undefined
  },
  (draft, random) => {
    draft.headers['x-large'] = 'x'.repeat(random.pick([1000, 15_000, 20_000, 200_000]))
    return draft.headers['x-large'].length > 10_000 ? 'elsewhere' : undefined
  },
  (draft, random) => {
    draft.method = random.pick(['PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'DELETE', 'PUT', 'POST', 'PROPFIND'])
    return 'elsewhere'
  },
  (draft, random) => {
    const path = draft.path.split('?')[0]!
    draft.path = random.pick([
      `${path}/`,
      `${path}/../../../etc/passwd`,
      `${path}/%2e%2e/%2e%2e/etc/passwd`,
      `/api/..%2f..%2fpackage.json`,
      `//evil.example${path}`,
      path.toUpperCase(),
      `${path}%00`,
      `${path}/${'x'.repeat(7000)}`,
      path.replace('/api', '/%61pi'),
      `${path};a=b`,
      '/api',
      '/../package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/metrics/..',
      '*',
    ])
    return 'elsewhere'
  },
]
