// What is told of a take-over: that it waits for the second person.
import { finance, informing, words } from './kind-forms.ts'

export const takeOverKinds = {
  take_over_to_confirm: informing(
    finance('take_over.confirm'),
    words(
      { zh: '接管待复核', en: 'take-over to confirm' },
      { zh: '接管 {number} 待复核', en: 'Take-over {number} waits for its confirmation' },
      {
        zh: '编制人以外的人复核，确认后入账。',
        en: 'Somebody else than who prepared it confirms, and it is posted.',
      },
    ),
  ),
} as const
