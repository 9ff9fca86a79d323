// Codes that stand in sentences have words, so that a refusal never shows one raw.
import { ways } from '@suanquan/core/application'
import { expect, test } from 'vitest'
import { actions } from '../permissions.ts'
import { paramWords } from './words.ts'

test('every action has words', () => {
  expect(actions.filter((action) => paramWords['action']![action] === undefined)).toEqual([])
})

test('every state and event of every way has words', () => {
  const tables = Object.values(ways).flatMap(({ application, claim }) => [application, claim])
  const lines = tables.flatMap(({ transitions }) => transitions)
  const states = new Set(lines.flatMap(({ from, to }) => [from, to]))
  const events = new Set(lines.map(({ event }) => event))
  expect([...states].filter((state) => paramWords['state']![state] === undefined)).toEqual([])
  expect([...events].filter((event) => paramWords['event']![event] === undefined)).toEqual([])
})
