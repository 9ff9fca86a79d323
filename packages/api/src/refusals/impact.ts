import type { RefusalTexts } from './texts.ts'

export const impact = {
  'impact.unlike_facts': {
    status: 422,
    zh: '所选版本（{version}）与在行措施的事实表不同，不能用同一批申请比较；请选择同一措施的版本',
    en: 'version {version} reads other facts than the programme in force, so the same applications cannot be compared; choose a version of the same programme',
  },
} as const satisfies RefusalTexts
