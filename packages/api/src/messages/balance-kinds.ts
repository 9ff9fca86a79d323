// What is told of an amount that runs out: at three quarters, nine tenths and all of it, once each.
import { finance, informing, words } from './kind-forms.ts'

export const balanceKinds = {
  voucher_running_out: informing(
    { to: ['clerk'], action: 'voucher.read', of: 'applicant' },
    words(
      { zh: '券余额提醒', en: 'voucher running out' },
      { zh: '券 {number} 余额提醒', en: 'Voucher {number} is running out' },
      {
        zh: '已用 {percent}%，剩余约 {amount}，已计量未兑付的用量按预计支持金额算在内。{pace}',
        en: '{percent} % is used, about {amount} is left; use that is metered and not yet claimed is counted by the support it is expected to bring. {pace}',
      },
    ),
  ),
  contract_running_out: informing(
    { to: ['clerk'], action: 'application.read', of: 'applicant' },
    words(
      { zh: '合同用量提醒', en: 'contract running out' },
      { zh: '合同 {number} 用量提醒', en: 'Contract {number} is running out' },
      {
        zh: '按已计量的用量已用 {percent}%，合同金额剩余 {amount}。{pace}',
        en: 'By what is metered {percent} % is used and {amount} of the contract is left. {pace}',
      },
    ),
  ),
  contract_running_out_centre: informing(
    { to: ['provider'], action: 'usage.read', of: 'provider' },
    words(
      { zh: '客户合同用量提醒', en: 'a customer’s contract running out' },
      { zh: '客户合同 {number} 用量提醒', en: 'Customer contract {number} is running out' },
      {
        zh: '{organisation} 的这份合同按已计量的用量已用 {percent}%，剩余 {amount}。{pace}',
        en: 'By what is metered {percent} % of this contract with {organisation} is used and {amount} is left. {pace}',
      },
    ),
  ),
  pool_running_out: informing(
    finance('pool.read'),
    words(
      { zh: '资金池余额提醒', en: 'pool running out' },
      { zh: '资金池余额提醒', en: 'A pool is running out' },
      {
        zh: '已用 {percent}%，可用余额 {amount}，已预留和已发放的不算在内。{pace}',
        en: '{percent} % is used and {amount} is free; what is reserved or issued is not in it. {pace}',
      },
    ),
  ),
} as const
