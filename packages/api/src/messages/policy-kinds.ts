// What is told of measures on their way: a text for the library and an adoption, each waiting for its second person.
import { informing, words } from './kind-forms.ts'

export const policyKinds = {
  programme_to_sign: informing(
    { to: ['policy_author'], action: 'programme.sign', of: 'office' },
    words(
      { zh: '政策文件待签署', en: 'programme to sign' },
      {
        zh: '一份政策文件已提交入库，待签署',
        en: 'A programme is proposed for the library and waits to be signed',
      },
      { zh: '{title}。由提交人以外的人签署。', en: '{title}. Somebody else than its author signs.' },
    ),
  ),
  adoption_to_sign: informing(
    { to: ['policy_author'], action: 'adoption.sign', of: 'office' },
    words(
      { zh: '采用待签署', en: 'adoption to sign' },
      { zh: '一份采用草案已答齐，待签署', en: 'A draft of an adoption is whole and waits to be signed' },
      { zh: '{title}。由起草人以外的人签署。', en: '{title}. Somebody else than its authors signs.' },
    ),
  ),
} as const
