// However a file is laid out, it comes back in the one layout, says the same and keeps its comments.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { env } from 'node:process'
import { expect, test } from 'vitest'
import { formatYaml, programmeHash } from './index.ts'

const root = new URL('../../../../programmes/', import.meta.url)
const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
)
const few = paths.filter((_, index) => env['SUANQUAN_FULL'] === '1' || index % 4 === 0)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** As another editor may leave it: deeper indents, blanks at line ends, empty lines, a byte order mark, CRLF. */
function mangled(text: string): string {
  const lines = text.split('\n').map((line) => {
    const [, blanks, dash] = /^( *)(- )?/.exec(line)!
    const rest = line.slice((blanks + (dash ?? '')).length)
    return `${blanks}${blanks}${dash === undefined ? '' : '-   '}${rest}${line === '' ? '\n\n' : '  '}`
  })
  return `\uFEFF${lines.join('\n').replaceAll('\n', '\r\n')}\r\n\r\n`
}

test.each(few)('%s', (path) => {
  const text = read(path)
  expect(formatYaml(text, path)).toEqual({ diagnostics: [], text })
  expect(formatYaml(mangled(text), path).text).toBe(text)
})

test('blanks, quotes, anchors and comments come out in one way', () => {
  const written = `# head

a:   {x: 1,   y: 'two' }   # behind
list:
- one
-   k: v
    # above
    l: &l [ 1,2 ]


    m: *l
text: >-
     folded
     text
# end
`
  const laidOut = `# head

a: {x: 1, y: 'two'} # behind
list:
  - one
  - k: v
    # above
    l: &l [1, 2]

    m: *l
text: >-
  folded
  text

# end
`
  expect(formatYaml(written, 'x')).toEqual({ diagnostics: [], text: laidOut })
  expect(formatYaml(laidOut, 'x').text).toBe(laidOut)
})

test('a layout changes no hash, and what is broken is not touched', () => {
  const text = read('nanning/2025-compute-reward/programme.yaml')
  const laidOut = formatYaml(mangled(text), 'x').text!
  expect(programmeHash(laidOut, sha256)).toBe(programmeHash(mangled(text), sha256))
  expect(formatYaml('a: {b', 'x')).toMatchObject({ diagnostics: [{ code: 'policy.yaml_not_closed' }] })
  expect(formatYaml('a: {b', 'x').text).toBeUndefined()
})
