// What the keys of a programme file are called where people read them: states, bases, actors.
import type { ProgrammeSummary, Provenance, Text } from '@suanquan/core/policy'

export const STATUSES: Readonly<Record<ProgrammeSummary['status'], Text>> = {
  proposed: { zh: '建议', en: 'proposed' },
  draft: { zh: '草稿', en: 'draft' },
  reviewed: { zh: '已核对', en: 'reviewed' },
  closed: { zh: '已停止', en: 'closed' },
  in_force: { zh: '已采用', en: 'in force' },
}

export const BASES: Readonly<Record<Provenance['basis'], Text>> = {
  cited: { zh: '有依据', en: 'cited' },
  derived: { zh: '推导', en: 'derived' },
  assumed: { zh: '假定', en: 'assumed' },
  open: { zh: '待定', en: 'open' },
  decided: { zh: '本地决定', en: 'decided' },
}

const ACTORS: Readonly<Record<string, Text>> = {
  applicant: { zh: '申报单位', en: 'applicant' },
  operator: { zh: '算力供给方', en: 'provider' },
  district: { zh: '区级部门', en: 'district' },
  authority: { zh: '主管部门', en: 'authority' },
  finance: { zh: '财政部门', en: 'finance' },
  public: { zh: '公众', en: 'public' },
  holder: { zh: '持券单位', en: 'holder' },
}

/** @param actor of a stage of the procedure */
export function actorText(actor: string): Text {
  return ACTORS[actor] ?? { zh: actor, en: actor }
}
