// The decision on an application as a document: approval, return for correction, refusal. It says what was decided, on
// which facts from which source, how the amount came about and what limited it, what the applicant may do against it,
// and by which hashes it can be checked. It is made from what was stored with the decision, never reckoned anew.
import { capsPicture } from '@suanquan/api'
import { accept, refuse, type Decision } from '@suanquan/core'
import type { SourcedFact } from '@suanquan/core/application'
import { dayOf, type Day, type Instant } from '@suanquan/core/calendar'
import { writeValue, type Determination } from '@suanquan/core/policy'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../../database/index.ts'
import type { World } from '../../http/world-options.ts'
import { type ApplicationRow, loadOrganisation } from '../application/index.ts'
import {
  type DeterminationView,
  appealUntil,
  type InForce,
  revive,
  viewDetermination,
  workingDaysOf,
} from '../policy/index.ts'
import { stampOn } from '../stamp/index.ts'
import { particularsOf } from '../site/index.ts'
import type { Block, FactRow, Paper, PaperLanguage } from './paper.ts'
import { pictureBlock } from './pictures.ts'
import { bindingSentence, conditionTable, reckoningTable } from './reckoning.ts'
import { type DecisionAct, outcomeOf } from './decision-outcome.ts'
import { type Both, fields } from './word-tables.ts'
import { type Voice, voiceOf } from './words.ts'

const EVENTS: Readonly<Record<DecisionAct, readonly string[]>> = {
  approval: ['approve', 'approve_waiting', 'offer', 'select'],
  correction: ['request_correction'],
  refusal: ['refuse', 'pass_over'],
  appeal: ['affirm', 'change', 'change_waiting', 'remand'],
}

interface Decided {
  readonly row: ApplicationRow
  readonly inForce: InForce
  readonly act: DecisionAct
  /** what the workflow calls it */
  readonly event: string
  readonly at: Instant
  readonly reason: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly record: DecisionRow
  readonly applicant: { readonly name: string; readonly creditCode: string }
  readonly contact: string
  /** 文号; none of decisions before numbers were given */
  readonly documentNumber: string | null
  /** the authority's seal as it was in force on the day */
  readonly seal: string | null
}

interface DecisionRow {
  readonly id: string
  readonly decided_on: Day
  readonly engine_version: string
  readonly result_hash: string
  readonly input: object
  readonly result: object
}

export interface DecisionAsked {
  readonly row: ApplicationRow
  /** which of several; the last when left out */
  readonly act: DecisionAct | undefined
  readonly language: PaperLanguage
}

export async function decisionPaper(
  world: World,
  db: Kysely<Tables>,
  { row, act, language }: DecisionAsked,
): Promise<Decision<Paper, 'documents.not_decided'>> {
  const wanted = act === undefined ? Object.values(EVENTS).flat() : EVENTS[act]
  const event = await db
    .selectFrom('workflow_event')
    .leftJoin('decision_number as numbered', (join) =>
      join
        .onRef('numbered.object_id', '=', 'workflow_event.object_id')
        .onRef('numbered.position', '=', 'workflow_event.position'),
    )
    .select(['event', 'at', 'reason', 'detail', 'numbered.number as documentNumber'])
    .where('workflow_event.object_id', '=', row.id)
    .where('event', 'in', wanted)
    .where('actor_role', 'in', ['reviewer', 'district_reviewer', 'city_reviewer', 'finance'])
    .orderBy('workflow_event.position', 'desc')
    .executeTakeFirst()
  if (event === undefined) return refuse('documents.not_decided', { number: row.number })
  const at = new Date(event.at).getTime()
  const organisation = await loadOrganisation(db, row.organisation_id)
  const inForce = await world.programmes.inForce(db, row.adoption_id)
  const found = (Object.keys(EVENTS) as DecisionAct[]).find((each) => EVENTS[each].includes(event.event))!
  return accept(
    paperOf(
      {
        row,
        inForce,
        seal: await stampOn(world, db, inForce.programme.adoption.authority.zh, at),
        act: found,
        event: event.event,
        at,
        reason: event.reason ?? '',
        detail: event.detail,
        record: await recordOf(db, row.id, at),
        applicant: { name: organisation.name, creditCode: organisation.credit_code },
        documentNumber: event.documentNumber,
        contact: (await particularsOf(db, world)).contact,
      },
      voiceOf(language),
    ),
  )
}

/** What was decided on: the determination that stood at that moment. */
async function recordOf(db: Kysely<Tables>, id: string, at: Instant): Promise<DecisionRow> {
  return db
    .selectFrom('decision')
    .select(['id', 'decided_on', 'engine_version', 'result_hash', 'input', 'result'])
    .where('object_id', '=', id)
    .where('kind', 'in', ['determination', 'review'])
    .where(sql<boolean>`decided_at <= ${new Date(at).toISOString()}::timestamptz`)
    .orderBy('decided_at', 'desc')
    .orderBy('kind', 'desc')
    .executeTakeFirstOrThrow()
}

function paperOf(decided: Decided, voice: Voice): Paper {
  const { row, inForce, act, at, record } = decided
  const { say, pick } = voice
  const title = {
    approval: say('算力券支持审核决定书', 'Decision: support approved'),
    correction: say('补正通知书', 'Returned for correction'),
    refusal: say('不予支持决定书', 'Decision: support refused'),
    appeal: say('复核决定书', 'Decision on an appeal'),
  }[act]
  const authority = pick(inForce.programme.adoption.authority)
  return {
    language: voice.language,
    authority,
    title,
    number:
      decided.documentNumber === null
        ? say(`编号：${row.number}`, `No. ${row.number}`)
        : say(
            `${decided.documentNumber}　申请编号：${row.number}`,
            `No. ${decided.documentNumber} · application ${row.number}`,
          ),
    at,
    subject: `${record.id} ${record.result_hash}`,
    blocks: [
      ...opening(decided, voice),
      ...grounds(decided, voice),
      ...(act === 'correction' ? [] : remedy(decided, voice)),
      {
        kind: 'seal',
        authority,
        day: voice.on(at),
        words: say('（盖章）', '(seal)'),
        ...(decided.seal === null ? {} : { image: decided.seal }),
      },
      check(decided, voice),
    ],
    foot: `${title} · ${row.number}`,
  }
}

function opening(decided: Decided, voice: Voice): Block[] {
  const { row, inForce, act, reason, applicant } = decided
  const { say, pick } = voice
  const programme = pick(inForce.programme.title)
  const submitted = row.complete_at === null ? '' : voice.on(new Date(row.complete_at).getTime())
  return [
    { kind: 'addressee', text: say(`${applicant.name}：`, `To: ${applicant.name}`) },
    {
      kind: 'paragraph',
      text:
        row.sweep_id !== null
          ? unasked(decided, voice)
          : say(
              `你单位（统一社会信用代码 ${applicant.creditCode}）${submitted === '' ? '' : `于${submitted}`}提交的“${programme}”申请（编号 ${row.number}）已经审核。${outcomeOf(decided).zh}`,
              `The application ${row.number} of your organisation (unified social credit code ${applicant.creditCode}) under “${programme}”${submitted === '' ? '' : `, complete on ${submitted},`} has been examined. ${outcomeOf(decided).en}`,
            ),
    },
    ...(act === 'approval' || decided.event.startsWith('change') ? [granted(decided, voice)] : []),
    ...(act === 'correction' ? corrections(decided, voice) : []),
    { kind: 'paragraph', text: say(`审核意见：${reason}`, `Reason: ${reason}`) },
  ]
}

/** Where nobody has applied. */
function unasked(decided: Decided, { say, pick }: Voice): string {
  const { row, inForce, applicant } = decided
  const programme = pick(inForce.programme.title)
  const { creditCode } = applicant
  return say(
    `按“${programme}”，无需你单位（统一社会信用代码 ${creditCode}）申请，已按现有数据比对核定（编号 ${row.number}）。${outcomeOf(decided).zh}`,
    `Under “${programme}” no application was needed: the case of your organisation (unified social credit code ${creditCode}, No. ${row.number}) was reckoned from the data held. ${outcomeOf(decided).en}`,
  )
}

function granted({ row, detail }: Decided, voice: Voice): Block {
  const fen = BigInt(String(detail['amountFen'] ?? row.approved_fen ?? 0))
  return {
    kind: 'amount',
    label: voice.say('审定支持金额', 'Amount approved'),
    figures: voice.say(`¥ ${voice.money(fen)}`, voice.money(fen)),
    capitals: voice.capitals(fen),
  }
}

function corrections({ detail, inForce }: Decided, voice: Voice): Block[] {
  const { say } = voice
  const fields = (detail['fields'] ?? []) as readonly { field: string; remark: string }[]
  const days = workingDaysOf(inForce.terms, 'correction')
  return [
    {
      kind: 'table',
      columns: [
        { label: say('序号', 'No.'), width: 'narrow' },
        { label: say('补正事项', 'Item'), width: 'narrow' },
        { label: say('补正要求', 'What to mend') },
      ],
      rows: fields.map(({ field, remark }, index) => ({
        cells: [String(index + 1), voice.pick(fieldWord(field, inForce)), remark],
      })),
      empty: '',
    },
    ...(days === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: say(
              `请在收到本通知之日起 ${days} 个工作日内补正；逾期未补正的，本次申请终止，可以重新申请。`,
              `Please correct it within ${days} working days; after that the application ends and a new one can be made.`,
            ),
          },
        ]),
  ]
}

function fieldWord(field: string, { programme }: InForce): Both {
  const [, kind = '', name = ''] = /^(documents|statements\.declared)\.(.+)$/.exec(field) ?? []
  const own = kind === 'documents' ? programme.documents[name] : programme.facts.facts[name]?.label
  return own ?? fields[field] ?? { zh: field, en: field }
}

function grounds(decided: Decided, voice: Voice): Block[] {
  const { inForce, act, record } = decided
  const { say } = voice
  const { determination, expected } = revive(
    record.result as { determination: Determination; expected: Determination },
  )
  const facts = (record.input as { sources: readonly SourcedFact[] }).sources.map((fact) => revive(fact))
  const view = viewDetermination({
    id: record.id,
    on: record.decided_on,
    programme: inForce.programme,
    programmeHash: inForce.programmeHash,
    engineVersion: record.engine_version,
    determination,
    expected,
    facts,
  })
  const limited = act === 'approval' ? limitSentence(decided, view, voice) : ''
  return [
    ...(act === 'correction'
      ? []
      : [
          { kind: 'heading' as const, text: say('一、条件审核', '1. Conditions') },
          conditionTable(view, voice),
          { kind: 'heading' as const, text: say('二、金额测算', '2. Reckoning') },
          reckoningTable(view, voice),
          ...(act === 'approval' ? [pictureBlock(capsPicture(view, voice.locale))] : []),
          ...(limited === '' ? [] : [{ kind: 'paragraph' as const, text: limited }]),
        ]),
    {
      kind: 'heading',
      text:
        act === 'correction'
          ? say('认定的事实', 'Facts')
          : say('三、认定的事实及来源', '3. Facts and sources'),
    },
    factTable(facts, inForce, voice),
  ]
}

/** What limited the amount: a cap, the reviewer, or only the rate of the programme. */
function limitSentence({ detail }: Decided, view: DeterminationView, voice: Voice): string {
  const { say, money } = voice
  const [approved, ceiling] = [BigInt(String(detail['amountFen'] ?? 0)), BigInt(view.ceilingFen)]
  if (approved < ceiling) {
    return say(
      `最多可申领 ${money(ceiling)}，审定 ${money(approved)}，理由见审核意见。`,
      `At most ${money(ceiling)} could be granted; ${money(approved)} was approved for the reason given.`,
    )
  }
  const binding = bindingSentence(view, voice)
  return binding === ''
    ? say('没有上限限定本次金额，按支持比例计算。', 'No cap limited the amount: it follows from the rate.')
    : binding
}

function factTable(facts: readonly SourcedFact[], { programme }: InForce, voice: Voice): Block {
  const { say, pick, language } = voice
  return {
    kind: 'table',
    columns: [
      { label: say('事实', 'Fact') },
      { label: say('内容', 'Value') },
      { label: say('来源', 'Source'), width: 'narrow' },
      { label: say('日期', 'As of'), width: 'narrow' },
    ],
    rows: facts.map(({ id, value, source, asOf }) => {
      const schema = programme.facts.facts[id]
      const written =
        value === null || schema === undefined
          ? say('未知', 'unknown')
          : writeValue(value, schema.type, { schema: programme.facts, language })
      return {
        cells: [schema === undefined ? id : pick(schema.label), written, voice.source(source), asOf ?? ''],
      }
    }),
    empty: say('没有登记事实。', 'No facts.'),
  }
}

/** 行政复议法第二十条、第二十四条，行政诉讼法第四十六条; and what the programme itself gives: notice and objection. */
function remedy({ inForce, act, at, contact }: Decided, voice: Voice): Block[] {
  const { say } = voice
  const days = workingDaysOf(inForce.terms, 'notice')
  const heading = {
    kind: 'heading' as const,
    text: say('四、后续程序和救济途径', '4. What follows and what can be done against it'),
  }
  const notice = say(
    `审定结果将公示 ${days ?? ''} 个工作日；公示期内任何单位和个人可以提出异议；公示期满无异议或异议不成立的，按措施办理。`,
    `The result is announced for ${days ?? ''} working days in which anybody may object; it takes effect once the notice is over without an objection that is upheld.`,
  )
  const { remedies } = inForce.programme.adoption.procedure ?? { remedies: null }
  const until = appealUntil(inForce.terms, dayOf(at))
  const again =
    until === null
      ? ''
      : say(
          `如不服本决定，可以在${voice.day(until)}前向作出决定的机关申请复核一次，由未参与本决定的人办理。`,
          `Until ${voice.day(until)} one may ask the authority once for another look, by somebody who had no part in this decision.`,
        )
  const appeal =
    remedies === null
      ? say(
          '如不服本决定，可以自知道本决定之日起六十日内向本级人民政府申请行政复议，也可以自知道本决定之日起六个月内依法向人民法院提起行政诉讼。',
          'Against this decision one may apply for administrative reconsideration to the people’s government of the same level within sixty days of learning of it, or bring an action before the people’s court within six months.',
        )
      : voice.pick(remedies)
  const ask = say(`咨询：${contact}`, `Questions: ${contact}`)
  return [
    heading,
    ...(act === 'approval' && days !== null ? [{ kind: 'paragraph' as const, text: notice }] : []),
    ...(again === '' || act === 'appeal' ? [] : [{ kind: 'paragraph' as const, text: again }]),
    { kind: 'paragraph', text: appeal },
    { kind: 'paragraph', text: ask },
  ]
}

function check({ inForce, record, at, row }: Decided, voice: Voice): Block {
  const { say } = voice
  const rows: FactRow[] = [
    { label: say('决定编号', 'Decision id'), value: record.id },
    { label: say('结果哈希', 'Hash of the result'), value: record.result_hash },
    {
      label: say('措施文件', 'Programme'),
      value: `${inForce.programme.id} ${say(`第 ${inForce.programme.version} 版`, `version ${inForce.programme.version}`)}`,
    },
    { label: say('措施文件哈希', 'Hash of the programme'), value: inForce.programmeHash },
    { label: say('采用文件哈希', 'Hash of the adoption'), value: inForce.adoptionHash },
    { label: say('测算引擎', 'Engine'), value: record.engine_version },
    { label: say('决定时间', 'Decided at'), value: voice.minute(at) },
    {
      label: say('如何核对', 'How to check'),
      value: say(
        `凭申请编号 ${row.number} 和信用代码可在平台“进度查询”核对状态；审计人员以“重放”由上述文件和事实重新算出同一结果。`,
        `The state can be looked up under “Progress” by the number ${row.number} and the credit code; auditors recompute the same result by replay from these files and facts.`,
      ),
    },
  ]
  return { kind: 'proof', title: say('核对信息', 'To check this document'), rows }
}
