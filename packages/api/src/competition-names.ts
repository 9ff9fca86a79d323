// Words of the fair-competition check: what a rule does, and the grounds of 公平竞争审查条例 article 12 on which it may stand.
import type { CompetitionGround, CompetitionKind } from '@suanquan/core/policy'

type Names<Key extends string> = Readonly<Record<Key, { readonly zh: string; readonly en: string }>>

export const competitionKindNames: Names<CompetitionKind> = {
  local_only: { zh: '限定本地', en: 'local only' },
  local_terms: { zh: '本地条件更优', en: 'better terms for local ones' },
  named_provider: { zh: '指定供给方', en: 'names a provider' },
  named_platform: { zh: '指定平台', en: 'names a platform' },
  closed_list: { zh: '封闭名单', en: 'a closed list' },
  origin: { zh: '限定产地', en: 'bound to an origin' },
}

export const competitionGroundNames: Names<CompetitionGround> = {
  security: { zh: '维护国家安全和发展利益', en: 'national security and development interests' },
  innovation: { zh: '促进科技进步、增强自主创新能力', en: 'technical progress and capacity to innovate' },
  public_interest: {
    zh: '节约能源、保护环境、救灾救助等社会公共利益',
    en: 'public interest: energy, environment, relief',
  },
  by_law: { zh: '法律、行政法规规定的其他情形', en: 'other cases set by law or administrative regulation' },
}
