// Every refusal code of the platform, in one catalogue. HTTP answers, the portal, the CLI and docs/reference are all
// made from it, so that no sentence is written twice.
import { calendar } from './calendar.ts'
import { money } from './money.ts'
import { party } from './party.ts'

export type { RefusalText, RefusalTexts } from './texts.ts'

export const refusals = { ...calendar, ...money, ...party } as const

export type RefusalCode = keyof typeof refusals
