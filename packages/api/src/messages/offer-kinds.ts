// What is told of an offer that nobody applied for.
import { APPLICANT, binding, REVIEWER, stating, words } from './kind-forms.ts'

export const offerKinds = {
  offer_made: binding(
    APPLICANT,
    words(
      { zh: '免申即享待确认', en: 'support offered' },
      { zh: '{number} 请确认是否接受', en: '{number}: please accept or decline' },
      {
        zh: '无需申请：按已有数据核定了一笔支持，请在期限内核对测算和收款账户后确认，也可以放弃或申诉。',
        en: 'No application is needed: support was reckoned from the data held. Check the reckoning and the account, then accept, decline or appeal in time.',
      },
    ),
  ),
  offer_appealed: stating(
    REVIEWER,
    words(
      { zh: '免申即享申诉', en: 'offer appealed against' },
      { zh: '{number} 收到申诉', en: '{number}: an appeal has come in' },
      { zh: '{organisation}：{reason}', en: '{organisation}: {reason}' },
    ),
  ),
  offer_ended: binding(
    APPLICANT,
    words(
      { zh: '免申即享已结束', en: 'offer ended' },
      { zh: '{number} 逾期未答，已视为放弃', en: '{number} was not answered in time and counts as declined' },
      {
        zh: '按措施规定，期限内没有答复视为放弃。',
        en: 'By the programme, no answer in time declines the offer.',
      },
    ),
  ),
  offer_presumed: binding(
    APPLICANT,
    words(
      { zh: '免申即享视为同意', en: 'offer presumed taken' },
      { zh: '{number} 逾期未答，已视为同意', en: '{number} was not answered in time and counts as accepted' },
      {
        zh: '按措施规定，期限内没有答复视为同意，将付至登记的收款账户。',
        en: 'By the programme, no answer in time accepts it; the account on record is paid.',
      },
    ),
  ),
} as const
