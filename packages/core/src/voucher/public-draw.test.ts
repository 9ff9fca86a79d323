// A round can be repeated by anybody with a hash tool, and whatever of it is changed afterwards shows.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  isDrawText,
  listHashOf,
  listText,
  replayRound,
  resultOf,
  type PublishedRound,
  type RoundList,
} from './index.ts'

const sm3 = (bytes: Uint8Array): Uint8Array => createHash('sm3').update(bytes).digest()
const hexOf = (text: string): string => createHash('sm3').update(text).digest('hex')

const list: RoundList = {
  number: 'FP-2024-00001',
  rule: 'lottery',
  poolFen: 450n,
  minimumFen: 1n,
  drawName: '双色球第 2024052 期',
  drawOn: '2024-05-10',
  lines: [
    { number: 'A', claimFen: 100n, completeAt: 3, score: 0 },
    { number: 'C', claimFen: 300n, completeAt: 2, score: 0 },
    { number: 'B', claimFen: 200n, completeAt: 1, score: 0 },
  ],
}
const listHash = listHashOf(list, sm3)
const result = (shown: string, of: RoundList = list, published = listHash) =>
  resultOf(of, { listHash: published, shown }, sm3)

function published(shown: string): PublishedRound {
  const made = result(shown)
  if (!made.ok) throw new Error(made.refusal.code)
  const { seed, out } = made.value
  const awards = out.lines.map(({ number, place, awardFen }) => [number, { turn: place, awardFen }] as const)
  return { ...list, listHash, shown, seed, awards: new Map(awards) }
}

describe('the public draw', () => {
  test('can be repeated with a hash tool and a text editor', () => {
    expect(listText(list)).toBe(
      'suanquan/round/v1\nFP-2024-00001\nrule,lottery\npool,450\nminimum,1\ndraw,2024-05-10,双色球第 2024052 期\n' +
        'A,100,3,0\nB,200,1,0\nC,300,2,0\n',
    )
    expect(listHash).toBe(hexOf(listText(list)))
    const seed = hexOf(`${listHash}|03 07 12`)
    const lots = ['A', 'B', 'C'].map((number) => ({ number, lot: hexOf(`${seed}|${number}`) }))
    lots.sort((a, b) => (a.lot < b.lot ? -1 : 1))
    const made = result(' 03 07 12 ')
    expect(made).toMatchObject({ ok: true, value: { seed } })
    if (made.ok)
      expect(made.value.out.lines.map(({ number }) => number)).toEqual(lots.map(({ number }) => number))
  })

  test('is written in one way: what looks the same and would be another seed is refused', () => {
    for (const text of ['7', '03 07 12 18 25 31 + 09', '3 1 4', 'A7 K2'])
      expect([text, isDrawText(text)]).toEqual([text, true])
    for (const text of [
      '',
      '03  07',
      '03\u00a007',
      '03\u200b 07',
      '03 07\n',
      '０3 07',
      '03,07',
      '03 07 +',
      '1 +',
      '+ 03',
      '03+07',
      'a7',
    ])
      expect([text, isDrawText(text)]).toEqual([text, false])
  })

  test('does not hang on the order of the lines, and other numbers give other orders', () => {
    expect(result('1', { ...list, lines: list.lines.toReversed() })).toEqual(result('1'))
    const orders = Array.from({ length: 20 }, (_, shown) => {
      const made = result(String(shown))
      return made.ok ? made.value.out.lines.map(({ number }) => number).join('') : ''
    })
    expect(new Set(orders).size).toBeGreaterThan(3)
  })

  test('whatever of the list is not what was published is refused', () => {
    const [first, ...rest] = list.lines
    const changes: readonly Partial<RoundList>[] = [
      { lines: [{ ...first!, claimFen: 101n }, ...rest] },
      { lines: [{ ...first!, completeAt: 4 }, ...rest] },
      { lines: [{ ...first!, score: 1 }, ...rest] },
      { lines: rest },
      { rule: 'first_come' },
      { poolFen: 451n },
      { minimumFen: 2n },
      { drawName: '双色球第 2024053 期' },
      { drawOn: '2024-05-12' },
      { number: 'FP-2024-00002' },
    ]
    for (const change of changes)
      expect(result('1', { ...list, ...change })).toMatchObject({ refusal: { code: 'round.list_changed' } })
    expect(result('1', { ...list, lines: [...list.lines, first!] })).toMatchObject({
      refusal: { code: 'round.number_twice' },
    })
    expect(result('  ')).toMatchObject({ refusal: { code: 'round.draw_empty' } })
  })
})

describe('the replay', () => {
  test('says so when everything published is what list and draw come to', () => {
    expect(replayRound(published('03 07 12'), sm3)).toMatchObject({ value: { same: true, seedSame: true } })
  })

  test('names each number whose turn or award was changed, and a seed that was', () => {
    const round = published('03 07 12')
    const [winner] = [...round.awards].find(([, { awardFen }]) => awardFen === 0n)!
    const bought = new Map(round.awards).set(winner, { ...round.awards.get(winner)!, awardFen: 1n })
    const replay = replayRound({ ...round, awards: bought }, sm3)
    expect(replay).toMatchObject({ value: { same: false, seedSame: true } })
    if (replay.ok)
      expect(replay.value.lines.filter(({ same }) => !same).map(({ number }) => number)).toEqual([winner])
    expect(replayRound({ ...round, seed: '00' }, sm3)).toMatchObject({
      value: { same: false, seedSame: false },
    })
    const other = replayRound({ ...round, shown: '03 07 13' }, sm3)
    expect(other).toMatchObject({ value: { same: false } })
  })

  test('has nothing to say before there is a result', () => {
    const awards = new Map(list.lines.map(({ number }) => [number, { turn: null, awardFen: null }]))
    expect(replayRound({ ...list, listHash, shown: null, seed: null, awards }, sm3)).toMatchObject({
      refusal: { code: 'round.no_result' },
    })
  })
})
