import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('every refusal code of this module is in the catalogue, and the catalogue has no other', () => {
  const own = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap(
      (file) => readFileSync(join(import.meta.dirname, file), 'utf8').match(/'evaluation\.\w+'/g) ?? [],
    )
  const catalogue = readFileSync(join(import.meta.dirname, '../../../api/src/refusals/evaluation.ts'), 'utf8')
  const listed = catalogue.match(/'evaluation\.\w+'/g) ?? []
  expect([...new Set(own)].sort()).toEqual([...new Set(listed)].sort())
})
