// What is no whole HTTP request: broken off, of the wrong length, in pieces that are none, two requests in one.
const upload = (cookie: string): string =>
  `POST /api/attachments?kind=invoice&organisationId=01890000-0000-7000-8000-000000000000 HTTP/1.1\r\nhost: x\r\n` +
  `cookie: ${cookie}\r\nidempotency-key: broken-http-1\r\nx-file-name: a.pdf\r\ncontent-type: application/pdf\r\n`

const command = (cookie: string): string =>
  `POST /api/appropriations HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\nidempotency-key: broken-http-2\r\n` +
  `content-type: application/json\r\n`

/** @param cookie of somebody who may */
export function brokenHttp(cookie: string): readonly string[] {
  return [
    '',
    '\r\n\r\n',
    '\u0000\u0001\u0002',
    'GET',
    'GET /api/health\r\n\r\n',
    'GET /api/health HTTP/9.9\r\nhost: x\r\n\r\n',
    'GET /api/health HTTP/1.1\r\n\r\n',
    'NONSENSE /api/health HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /api/health HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n',
    'GET /api/\u00e4\u0000 HTTP/1.1\r\nhost: x\r\n\r\n',
    `GET /api/health HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(5000)}\r\n`,
    `GET /api/${'x'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    `${upload(cookie)}content-length: 5000\r\n\r\n%PDF-1.4 half`,
    `${upload(cookie)}content-length: 3\r\n\r\n%PDF-1.4 more than was said`,
    `${upload(cookie)}content-length: -1\r\n\r\n%PDF`,
    `${upload(cookie)}content-length: 99999999999999999999\r\n\r\n%PDF`,
    `${upload(cookie)}transfer-encoding: chunked\r\n\r\n400\r\n%PDF-1.4 half`,
    `${upload(cookie)}transfer-encoding: chunked\r\n\r\nzz\r\n%PDF\r\n0\r\n\r\n`,
    `${upload(cookie)}transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n4\r\n%PDF\r\n0\r\n\r\n`,
    `${upload(cookie)}transfer-encoding: gzip\r\n\r\n%PDF`,
    `${command(cookie)}content-length: 500\r\n\r\n{"adoptionId":`,
    `${command(cookie)}content-length: 2\r\ncontent-length: 20\r\n\r\n{}`,
    `${command(cookie)}expect: 200-ok\r\ncontent-length: 2\r\n\r\n{}`,
    `${command(cookie)}upgrade: h2c\r\nconnection: upgrade\r\ncontent-length: 2\r\n\r\n{}`,
  ]
}
