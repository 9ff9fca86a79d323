// The pages of everybody but the public, firms and reviewers: see `pages.journey.ts`, which looks at theirs in a city of its
// own.
import { afterAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { furnishedCity } from './furnished.ts'
import { lookAtPages } from './look-at-pages.ts'

const ELSEWHERE: readonly string[] = ['anybody', 'clerk', 'clerk2', 'reviewer']

const furnished = await furnishedCity()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await furnished.city.stop()
})
const people = Object.keys(furnished.paths).filter((person) => !ELSEWHERE.includes(person))

test('the offices of a city have pages', () => expect(people.length).toBeGreaterThan(5))

lookAtPages(browser, furnished, people)
