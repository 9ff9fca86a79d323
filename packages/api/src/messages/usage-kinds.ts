// What is told of use: a feed that is silent, and a claim whose use is told otherwise afterwards.
import { binding, CLAIM_REVIEWER, finance, stating, words, type MessageKind } from './kind-forms.ts'

const corrected = words(
  { zh: '已申领的用量被更正', en: 'claimed use corrected' },
  { zh: '兑付申请 {number} 所依据的用量被更正', en: 'The use behind claim {number} has been corrected' },
  {
    zh: '按更正后的用量，{amount} 不再有依据。系统没有自动抵扣，请核实后决定是否追回。',
    en: 'By the correction, {amount} rests on nothing any more. Nothing was set off; look into it and decide on a clawback.',
  },
)

const silent = words(
  { zh: '计量中断', en: 'metering silent' },
  { zh: '计量代理 {number} 超过 24 小时没有上报', en: 'Agent {number} has been silent for over 24 hours' },
  {
    zh: '请检查代理、网络和调度器。恢复后会自动补报，缺口在完整性日历上标出。',
    en: 'Check the agent, the line and the scheduler. It catches up by itself; gaps show in the completeness calendar.',
  },
)

export const usageKinds = {
  claimed_use_corrected: stating(CLAIM_REVIEWER, corrected),
  claimed_use_corrected_finance: stating(finance('usage_alert.settle'), corrected),
  feed_silent: binding({ to: ['provider'], action: 'usage.import', of: 'provider' }, silent),
  feed_silent_site: stating(
    { to: ['administrator', 'system_administrator'], action: 'usage.import', of: 'office' },
    silent,
  ),
} as const satisfies Record<string, MessageKind>
