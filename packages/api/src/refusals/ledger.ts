import type { RefusalTexts } from './texts.ts'

export const ledger = {
  'ledger.linked_failed': {
    status: 409,
    zh: '同一组分录中有一笔被拒绝，整组均未入账；请按该笔的原因处理后用新的编号重新提交',
    en: 'another posting of the same set was refused, so none was posted; mend its reason and submit with new ids',
  },
  'ledger.id_taken': {
    status: 409,
    zh: '分录编号 {posting} 已用于内容不同的分录；重试请保持内容不变，新业务请用新编号',
    en: 'posting id {posting} was used before with other content; retry with the same content or use a new id',
  },
  'ledger.accounts_equal': {
    status: 422,
    zh: '借方与贷方是同一账户 {debit}，请指定两个不同的账户',
    en: 'debit and credit are the same account {debit}; name two accounts',
  },
  'ledger.debit_account_unknown': {
    status: 404,
    zh: '借方账户 {debit} 不存在，请先开立账户',
    en: 'the debit account {debit} does not exist; open it first',
  },
  'ledger.credit_account_unknown': {
    status: 404,
    zh: '贷方账户 {credit} 不存在，请先开立账户',
    en: 'the credit account {credit} does not exist; open it first',
  },
  'ledger.not_allowed': {
    status: 422,
    zh: '从账户 {debit} 到账户 {credit} 没有这种分录；券不得转让，资金只能按规定的路径流转',
    en: 'there is no such posting from {debit} to {credit}; vouchers have no transfer and money moves only on listed paths',
  },
  'ledger.amount_out_of_range': {
    status: 422,
    zh: '金额 {amount} 分不在 1 分至 10 万亿元之间，请核对金额',
    en: 'the amount of {amount} fen is not between 1 fen and 10 trillion yuan; check it',
  },
  'ledger.reservation_unknown': {
    status: 404,
    zh: '要结清或释放的预扣不存在，请核对预扣编号',
    en: 'the hold to settle or release does not exist; check its id',
  },
  'ledger.reservation_differs': {
    status: 409,
    zh: '结清或释放的账户、事由与预扣时不一致，请按原预扣办理',
    en: 'accounts or code differ from those of the hold; use those of the hold',
  },
  'ledger.already_settled': {
    status: 409,
    zh: '该预扣已经核销，不能重复办理',
    en: 'the hold has been settled already and cannot be used again',
  },
  'ledger.already_released': {
    status: 409,
    zh: '该预扣已经释放，请重新预扣',
    en: 'the hold has been released already; make a new hold',
  },
  'ledger.amount_not_reserved': {
    status: 422,
    zh: '金额 {amount} 分超出预扣金额（释放须等于预扣金额），请核对',
    en: '{amount} fen is more than was held (a release gives back exactly what was held); check the amount',
  },
  'ledger.reservation_expired': {
    status: 410,
    zh: '预扣已过期，请释放后重新预扣',
    en: 'the hold has expired; release it and make a new one',
  },
  'ledger.debit_account_closed': {
    status: 423,
    zh: '借方账户 {debit} 已关闭，只能退回资金池',
    en: 'the debit account {debit} is closed; it can only be returned to its pool',
  },
  'ledger.credit_account_closed': {
    status: 423,
    zh: '贷方账户 {credit} 已关闭，不能再入账',
    en: 'the credit account {credit} is closed and takes nothing in',
  },
  'ledger.debit_account_expired': {
    status: 410,
    zh: '账户 {debit} 已过有效期，不能再使用',
    en: 'the account {debit} is past its last usable day',
  },
  'ledger.not_yet_expired': {
    status: 409,
    zh: '账户 {debit} 仍在有效期内，不能作过期处理',
    en: 'the account {debit} is still usable and cannot be expired yet',
  },
  'ledger.exceeds_credits': {
    status: 409,
    zh: '账户 {debit} 的可用额度不足 {amount} 分，请降低金额或等待额度补充',
    en: 'account {debit} has less than {amount} fen left; lower the amount or wait until it is filled up',
  },
  'ledger.exceeds_debits': {
    status: 409,
    zh: '退回账户 {credit} 的金额 {amount} 分超过其已拨出的金额，请核对',
    en: '{amount} fen is more than account {credit} has given out; check the amount',
  },
  'ledger.not_set_up': {
    status: 404,
    zh: '数据库里还没有账本，请先运行 suanquan migrate 或 suanquan serve',
    en: 'the database has no ledger yet; run suanquan migrate or suanquan serve first',
  },
  'ledger.fund_unknown': {
    status: 404,
    zh: '没有编号为 {ledger} 的资金账本，请用 suanquan ledger balances 查看已有账本',
    en: 'there is no fund {ledger}; suanquan ledger balances shows those there are',
  },
  'ledger.nothing_known': {
    status: 404,
    zh: '没有账户、分录或单据使用编号 {id}，请核对编号',
    en: 'no account, posting or document carries the id {id}; check it',
  },
  'ledger.period_backwards': {
    status: 422,
    zh: '起始日 {from} 晚于截至时点，请改用较早的日期',
    en: 'the first day {from} is after the moment asked for; name an earlier one',
  },
  'ledger.proof_running': {
    status: 409,
    zh: '同类核验正在进行（{startedBy} 于 {startedAt} 开始），请等它完成',
    en: 'one of this kind is running (started by {startedBy} at {startedAt}); wait for its end',
  },
} as const satisfies RefusalTexts
