// The papers of a selected project: the agreement (任务书) that the firm and the office sign, and the decision on its
// acceptance. Each says what was promised or found, what is paid when, and what follows where acceptance fails.
import type { Instant } from '@suanquan/core/calendar'
import type { InForce } from '../policy/index.ts'
import type { ProjectView } from '../project/index.ts'
import type { Block, FactRow, Paper } from './paper.ts'
import type { Voice } from './words.ts'

export interface ProjectReported {
  readonly project: ProjectView
  readonly inForce: InForce
  readonly at: Instant
  readonly contact: string
}

const RESULTS = {
  excellent: { zh: '优秀', en: 'excellent' },
  qualified: { zh: '合格', en: 'qualified' },
  failed: { zh: '不合格', en: 'failed' },
} as const

export function agreementPaper(reported: ProjectReported, voice: Voice): Paper {
  const { project } = reported
  const { say, money, day, pick } = voice
  const results = project.secondOn.map((result) => pick(RESULTS[result])).join(say('、', ', '))
  return {
    ...headOf(reported, voice, say('项目任务书', 'Project agreement')),
    blocks: [
      { kind: 'facts', rows: particulars(project, voice) },
      { kind: 'heading', text: say('一、项目内容和指标', '1. What is delivered') },
      { kind: 'paragraph', text: project.plan },
      {
        kind: 'paragraph',
        text: say(
          `交付语料不少于 ${project.items} 条，项目总投入 ${money(BigInt(project.budgetFen))}。`,
          `At least ${project.items} items of corpus; the project costs ${money(BigInt(project.budgetFen))} in all.`,
        ),
      },
      { kind: 'heading', text: say('二、拨付', '2. Payment') },
      {
        kind: 'paragraph',
        text: say(
          `双方签署后拨付首笔 ${money(BigInt(project.firstFen))}；验收结果为${results}的，再拨付 ${money(BigInt(project.secondFen))}。两笔已在立项时一并预留。`,
          `Signed by both, the first ${money(BigInt(project.firstFen))} is payable; where acceptance finds it ${results}, another ${money(BigInt(project.secondFen))}. Both were reserved at the selection.`,
        ),
      },
      { kind: 'heading', text: say('三、验收和追回', '3. Acceptance and clawback') },
      {
        kind: 'paragraph',
        text: say(
          `乙方于 ${day(project.acceptBy)} 前申请验收，经批准可延期一次。验收不合格、逾期未申请验收或自行终止的，已付款项全部追回。`,
          `The firm files for acceptance by ${day(project.acceptBy)}, extended once by decision. Failed, not filed in time or given up, all that was paid is taken back.`,
        ),
      },
      { kind: 'heading', text: say('四、签署', '4. Signatures') },
      { kind: 'facts', rows: signatures(reported, voice) },
      sealOf(reported, voice),
    ],
  }
}

export function acceptancePaper(reported: ProjectReported, voice: Voice): Paper {
  const { project, contact } = reported
  const { say, money, pick } = voice
  const result = pick(RESULTS[project.result ?? 'failed'])
  const pays = project.result !== null && project.secondOn.includes(project.result)
  return {
    ...headOf(reported, voice, say('项目验收决定书', 'Decision on the acceptance')),
    blocks: [
      { kind: 'addressee', text: say(`${project.organisationName}：`, `To ${project.organisationName}:`) },
      { kind: 'facts', rows: particulars(project, voice) },
      { kind: 'heading', text: say('一、验收材料', '1. What was filed') },
      ...(project.filing === null
        ? [{ kind: 'paragraph' as const, text: say('期限内没有申请验收。', 'Nothing, in time.') }]
        : filed(project.filing, voice)),
      { kind: 'heading', text: say('二、验收结论', '2. Finding') },
      { kind: 'paragraph', text: say(`验收结果：${result}。`, `The result: ${result}.`) },
      ...[project.conclusion, project.decision].flatMap((text): Block[] =>
        text === null ? [] : [{ kind: 'paragraph', text }],
      ),
      { kind: 'heading', text: say('三、资金', '3. The money') },
      {
        kind: 'paragraph',
        text:
          project.state === 'failed'
            ? say(
                `已付的 ${money(BigInt(project.firstFen))} 依程序全部追回，追回前听取陈述申辩；第二笔退回资金池。`,
                `All of the ${money(BigInt(project.firstFen))} that was paid is taken back by due procedure, after a hearing; the second part returns to the pool.`,
              )
            : pays
              ? say(
                  `拨付第二笔 ${money(BigInt(project.secondFen))}。`,
                  `The second part, ${money(BigInt(project.secondFen))}, is payable.`,
                )
              : say(
                  '不再拨付，第二笔退回资金池。',
                  'Nothing more is paid; the second part returns to the pool.',
                ),
      },
      { kind: 'heading', text: say('四、救济', '4. Remedies') },
      {
        kind: 'paragraph',
        text: say(
          `对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。咨询电话：${contact}。`,
          `Whoever does not accept this decision may ask for reconsideration within 60 days or go to court within six months. Questions: ${contact}.`,
        ),
      },
      sealOf(reported, voice),
    ],
  }
}

function headOf(
  { project, inForce, at }: ProjectReported,
  voice: Voice,
  title: string,
): Omit<Paper, 'blocks'> {
  return {
    language: voice.language,
    authority: voice.pick(inForce.programme.adoption.authority),
    title,
    number: voice.say(`编号：${project.number}`, `No. ${project.number}`),
    at,
    subject: project.id,
    foot: `${title} · ${project.number}`,
  }
}

function particulars(project: ProjectView, { say, day }: Voice): FactRow[] {
  return [
    { label: say('项目', 'Project'), value: project.title },
    { label: say('承担单位', 'Firm'), value: project.organisationName },
    { label: say('申请', 'Application'), value: project.applicationNumber },
    { label: say('起止', 'Term'), value: `${day(project.startsOn)} – ${day(project.endsOn)}` },
  ]
}

function filed({ summary, items, documents }: NonNullable<ProjectView['filing']>, { say }: Voice): Block[] {
  return [
    { kind: 'paragraph', text: summary },
    {
      kind: 'paragraph',
      text: say(`交付语料 ${items} 条。`, `${items} items of corpus were delivered.`),
    },
    ...documents.map(({ fileName, sha256 }): Block => ({
      kind: 'note',
      text: `${fileName} · SHA-256 ${sha256}`,
    })),
  ]
}

function signatures({ project, inForce }: ProjectReported, voice: Voice): FactRow[] {
  const { say, on } = voice
  const signed = (at: string | null): string =>
    at === null ? say('尚未签署', 'not signed yet') : on(new Date(at).getTime())
  return [
    {
      label: say('甲方', 'The authority'),
      value: `${voice.pick(inForce.programme.adoption.authority)} · ${signed(project.countersignedAt)}`,
    },
    { label: say('乙方', 'The firm'), value: `${project.organisationName} · ${signed(project.signedAt)}` },
  ]
}

function sealOf({ inForce, at }: ProjectReported, voice: Voice): Block {
  const authority = voice.pick(inForce.programme.adoption.authority)
  return { kind: 'seal', authority, day: voice.on(at), words: voice.say('（盖章）', '(seal)') }
}
