// `suanquan feasibility template`: a proposal to fill in. Every fact stands in it as unknown, with its name and an example
// above it, so that the file can be reviewed as it is printed: it then comes back with all the questions.
import { FACT_PATHS, P_READINGS, type FactPath } from '@suanquan/core/feasibility'

import { said } from '../language.ts'
import { FACT_NAMES } from './feasibility-text.ts'

/** What a known value looks like; all of these together are a valid proposal. */
const EXAMPLES: Readonly<Record<FactPath, string>> = {
  'compute.claimedPetaflops': '960',
  'compute.reading': 'sparse_fp16',
  'compute.chips': '[{ model: H800, count: 480 }]',
  'compute.standardRacks': '245',
  'compute.floorAreaSquareMetres': '3000',
  'capex.total': '15120万元',
  'capex.items': '{ 服务器: 12600万元, 网络与存储: 2520万元 }',
  'capex.includesServers': 'true',
  'site.insideNationalHub': 'false',
  'site.insideProvincialLayout': 'true',
  'site.favoursRequested': '[land, energy, fiscal]',
  'site.cityHasCentreOverOneYear': 'true',
  'site.cityRackOccupancy': '0.55',
  'demand.offtake':
    '[{ buyer: 买方全称, signed: true, takeOrPay: true, form: contract, affiliated: false, share: 0.6, fromYear: 1, toYear: 3, perYear: 6500万元 }]',
  'demand.ownBudgetShare': '0.1',
  'demand.sameGovernmentVoucherShare': '0.1',
  'demand.marketRentPerPetaflopYear': '10万元',
  'energy.quota': 'approved',
  'energy.quotaMwhPerYear': '8000',
  'energy.fullItKw': '612',
  'energy.pue': '1.3',
  'energy.yuanPerKwh': '0.5',
  'capability.chipSupply': '{ state: contracted, exportControlled: true }',
  'capability.operator': '{ name: 运营方全称, yearsOperating: 2, largestClusterCards: 512 }',
  'capability.software': '{ scheduling: true, metering: true, stacks: [CUDA] }',
  'capability.gradedProtectionLevel': '3',
  'funding.parts': '[{ kind: own_equity, from: 0.4, to: 0.4 }, { kind: bank_loan, from: 0.6, to: 0.6 }]',
  'funding.loanRate': '0.05',
  'funding.loanYears': '5',
  'funding.graceYears': '1',
  'fiscal.revenue': '15.8亿元',
  'fiscal.governmentDebt': '56.97亿元',
  'fiscal.narrowRatio': '1.93',
  'fiscal.broadRatio': '3.65',
  'fiscal.residents': '341000',
  earlierPhases: '[{ name: 一期, plannedPetaflops: 500, operatingPetaflops: 500, soldShare: 0.8 }]',
  lifeYears: '5',
  neighbours:
    '[{ id: 邻市中心, densePetaflops: 300, soldShare: 0.4, distanceKm: 80, substitutability: 0.8 }]',
}

/** Words that a fact may take where the example shows only one. */
const CHOICES: Readonly<Partial<Record<FactPath, string>>> = {
  'compute.reading': P_READINGS.join(' | '),
  'energy.quota': 'approved | hosted | applied | refused',
  'capability.chipSupply': 'state: delivered | contracted | letter | none',
  'demand.offtake': 'form: contract | framework',
  'funding.parts': 'kind: own_equity | bank_loan | budget | special_bond | platform_debt',
}

/** @param filled with every example in place of unknown: the other end of what the format can say */
export function proposalTemplate(filled = false): string {
  const lines = [...headLines()]
  let section = ''
  for (const path of FACT_PATHS) {
    const [first, second] = path.split('.') as [string, string | undefined]
    if (second !== undefined && first !== section) lines.push(`${first}:`)
    if (second !== undefined) section = first
    const indent = second === undefined ? '' : '  '
    const known = `{ value: ${EXAMPLES[path]}, source: filing }`
    const choices = CHOICES[path] === undefined ? '' : ` (${CHOICES[path]})`
    lines.push(
      `${indent}# ${said(FACT_NAMES[path])}${choices}: ${known}`,
      `${indent}${second ?? first}: ${filled ? known : 'unknown'}`,
    )
  }
  return `${[...lines, ...tailLines()].join('\n')}\n`
}

function headLines(): string[] {
  return [
    said({
      zh: '# 算力中心申报。不知道的写 unknown；知道的写 { value: 值, source: 来源编号, note: 说明 }，每行上方有示例。',
      en: '# Proposal of a compute centre. Write unknown, or { value: …, source: …, note: … } as the example above each line.',
    }),
    said({
      zh: '# 金额写 15亿元、1500万元、1234.56元，不写单位按元计；比例写 0 至 1。',
      en: '# Money is 15亿元, 1500万元 or 1234.56元, in yuan without a unit; shares go from 0 to 1.',
    }),
    'schema: feasibility/v1',
    'id: my-centre',
    said({ zh: 'name: 算力中心名称', en: 'name: name of the centre' }),
    said({ zh: 'place: 省市县', en: 'place: province, city, county' }),
    'round: 1',
    'submittedOn: 2026-01-01',
    'sources:',
    said({
      zh: '  # kind: published 公开 | derived 推算 | filed 申报材料 | undertaking 书面承诺（成为批准条件）| assumed 假设（不作定论）',
      en: '  # kind: published | derived | filed | undertaking (becomes a condition) | assumed (decides nothing)',
    }),
    said({
      zh: '  filing: { kind: filed, title: 申报材料名称, date: 2026-01-01 }',
      en: '  filing: { kind: filed, title: title of the document, date: 2026-01-01 }',
    }),
  ]
}

function tailLines(): string[] {
  return [
    said({ zh: '# 要训练的模型及期限，可不填', en: '# models to be trained and by when; may stay empty' }),
    '# trainingTargets: [{ id: gpt-3, activeParameters: 175e9, totalParameters: 175e9, tokens: 300e9, modelFlopsUtilisation: 0.4, deadlineDays: 60 }]',
    'trainingTargets: []',
  ]
}
