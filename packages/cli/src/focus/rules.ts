// The requirements model of FOCUS as its authors publish it (model-1.2.json): rules by id, each with what it demands and
// when. It is data that whoever checks brings along; nothing of it is part of this program.
import { WrongUse } from '../output.ts'
import { readText } from '../read-file.ts'

export interface Check {
  readonly CheckFunction?: string
  readonly Items?: readonly Check[]
  readonly ColumnName?: string
  /** how one condition of the model spells ColumnName */
  readonly CheckCondition?: string
  readonly ColumnAName?: string
  readonly ColumnBName?: string
  readonly ResultColumnName?: string
  readonly ModelRuleId?: string
  readonly Value?: string | number | null
  readonly ExpectedCount?: number
}

export interface Rule {
  readonly Function: string
  readonly EntityType: string
  readonly Type: 'Static' | 'Dynamic'
  readonly Status: string
  readonly ApplicabilityCriteria: readonly string[]
  readonly ValidationCriteria: {
    readonly MustSatisfy: string
    readonly Keyword: string
    readonly Requirement: Check
    readonly Condition: Check
  }
}

export interface Model {
  readonly version: string
  readonly rules: Readonly<Record<string, Rule>>
}

export function readModel(path: string): Model {
  try {
    const { Details, ModelRules } = JSON.parse(readText(path)) as {
      readonly Details: { readonly FOCUSVersion: string }
      readonly ModelRules: Readonly<Record<string, Rule>>
    }
    if (Object.keys(ModelRules).length > 0) return { version: Details.FOCUSVersion, rules: ModelRules }
  } catch (error) {
    if (error instanceof WrongUse) throw error
  }
  throw new WrongUse({
    zh: `${path} 不是 FOCUS 的规则文件（model-1.2.json）`,
    en: `${path} is no rule file of FOCUS (model-1.2.json)`,
  })
}
