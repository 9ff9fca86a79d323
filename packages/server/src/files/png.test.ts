import { png } from '@suanquan/testkit'
import { crc32, deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pngSize } from './png.ts'

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** Right in every check sum, whatever its pixels are. */
function framed([depth, colour, interlaced]: readonly number[], pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(10, 0)
  header.writeUInt32BE(10, 4)
  header.set([depth!, colour!, 0, 0, interlaced!], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...chunks])
}

const whole = deflateSync(Buffer.alloc(10 * 41))

test('a whole PNG has its size', () => {
  expect(pngSize(png(120))).toEqual({ width: 120, height: 120 })
  expect(pngSize(framed([8, 6, 0], whole))).toEqual({ width: 10, height: 10 })
})

test.each([
  ['pixels that unpack to nothing', [8, 6, 0], Buffer.alloc(40, 'no pixels')],
  ['pixels that break off', [8, 6, 0], deflateSync(Buffer.alloc(10 * 41 - 1))],
  ['more pixels than its header says', [8, 6, 0], deflateSync(Buffer.alloc(50_000_000))],
  ['a filter that does not exist', [8, 6, 0], deflateSync(Buffer.alloc(10 * 41, 5))],
  ['a palette that is not there', [8, 3, 0], deflateSync(Buffer.alloc(10 * 11))],
  ['a depth that does not exist', [3, 9, 0], whole],
  ['interlaced rows', [8, 6, 1], whole],
] as const)('%s: no PNG that could be printed', (_, shape, pixels) => {
  expect(pngSize(framed(shape, pixels))).toBeNull()
})
