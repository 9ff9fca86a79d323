import type { RefusalTexts } from './texts.ts'

export const credential = {
  'credential.unreadable': {
    status: 400,
    zh: '这不是一份完整的券凭证或持券证明：请粘贴全文，或上传下载时得到的 JSON 文件',
    en: 'this is no whole credential or attestation: paste all of its text, or upload the JSON file as it was downloaded',
  },
  'credential.no_voucher': {
    status: 409,
    zh: '{on} 这一天贵单位没有券，没有可以证明的事实；请换一个日期',
    en: 'on {on} your organisation held no voucher, so there is nothing to attest; choose another day',
  },
  'credential.day_ahead': {
    status: 409,
    zh: '{on} 还没有到，只能证明今天或以前某一天的事实',
    en: '{on} has not come yet; only the facts of today or of an earlier day can be attested',
  },
  'credential.voucher_ended': {
    status: 409,
    zh: '这张券已过最后可用日 {usableUntil}，不再出具凭证',
    en: 'the last day of this voucher was {usableUntil}; no credential is made for it any more',
  },
  'credential.revoked_already': {
    status: 409,
    zh: '这份凭证或证明已经作废，不用再作废一次',
    en: 'this paper is revoked already; there is nothing left to do',
  },
} as const satisfies RefusalTexts
