import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capitalsOf } from './capitals.ts'

test.each([
  [0n, '人民币零元整'],
  [1n, '人民币壹分'],
  [10n, '人民币壹角整'],
  [140_950n, '人民币壹仟肆佰零玖元伍角整'],
  [600_714n, '人民币陆仟零柒元壹角肆分'],
  [10_700_053n, '人民币壹拾万柒仟元伍角叁分'],
  [1_640_902n, '人民币壹万陆仟肆佰零玖元零贰分'],
  [32_504n, '人民币叁佰贰拾伍元零肆分'],
  [100_000_000n, '人民币壹佰万元整'],
  [1_000_000_100n, '人民币壹仟万零壹元整'],
  [1_000_000_000_000n, '人民币壹佰亿元整'],
  [1_000_000_050_000n, '人民币壹佰亿零伍佰元整'],
  [10_001_000_000n, '人民币壹亿零壹万元整'],
  [123_450_000_000_000n, '人民币壹万贰仟叁佰肆拾伍亿元整'],
  [-30_000n, '人民币负叁佰元整'],
])('%s fen are written %s', (fen, written) => {
  expect(capitalsOf(fen)).toBe(written)
})

test('capitals say every amount exactly: they read back to it', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n), (fen) => {
      expect(readBack(capitalsOf(fen))).toBe(fen)
    }),
  )
})

test('no zero is said twice, none closes a number', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 15n - 1n), (fen) => {
      expect(capitalsOf(fen)).not.toMatch(/零零|零元|零万|零亿/)
    }),
  )
})

/** By another way than it is written: the amounts of its parts are added up. */
function readBack(text: string): bigint {
  const negative = text.includes('负')
  let [total, group, digit] = [0n, 0n, 0n]
  for (const each of text.replace('人民币', '')) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(each)
    const place = { 拾: 10n, 佰: 100n, 仟: 1000n }[each]
    if (value >= 0) digit = BigInt(value)
    else if (place !== undefined) [group, digit] = [group + digit * place, 0n]
    else if (each === '万') [total, group, digit] = [total + (group + digit) * 10_000n, 0n, 0n]
    else if (each === '亿') [total, group, digit] = [(total + group + digit) * 100_000_000n, 0n, 0n]
    else if (each === '元') [total, group, digit] = [(total + group + digit) * 100n, 0n, 0n]
    else if (each === '角') [total, digit] = [total + digit * 10n, 0n]
    else if (each === '分') [total, digit] = [total + digit, 0n]
  }
  return negative ? -total : total
}
