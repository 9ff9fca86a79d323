// One round: the closed list, the rule, the draw that counts and what came of it; anybody replays it on the spot.
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Facts, type Fact } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { StatusTag, type Tone } from '../../components/status-tag.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { ReplaySheet } from '../../features/round/replay-sheet.tsx'
import { roundTones } from '../../features/round/round-list.tsx'
import { ledgerMoney } from '../../format/money.ts'
import '../../features/round/round.css'

type Round = Answer<'readRound'>
type Line = Round['lines'][number]

const RoundActs = lazy(async () => ({
  default: (await import('../../features/round/round-acts.tsx')).RoundActs,
}))

export function RoundPage(): ReactElement {
  const { t } = useTranslation('round')
  const { id } = useParams({ from: '/rounds/$id' })
  const session = useSession()
  const mayAct = session !== null && rolesOf(session).has('finance')
  const round = useAnswer('readRound', { params: { id } })
  return (
    <Page
      crumbs={[{ label: t('crumb'), to: '/rounds' }, { label: round.number }]}
      title={useTitle(round)}
      lead={t(`what.${round.rule}`)}
    >
      <Columns
        sideFirst={mayAct}
        main={
          <>
            <Lines round={round} />
            <ReplaySheet key={round.state} round={round} />
          </>
        }
        side={
          <>
            {mayAct && (
              <Suspense>
                <RoundActs round={round} />
              </Suspense>
            )}
            <Sheet title={t('facts')}>
              <Facts facts={useFacts(round)} />
            </Sheet>
          </>
        }
      />
    </Page>
  )
}

function useTitle({ state, rule, drawOn, lines, awardedFen }: Round): string {
  const { t } = useTranslation('round')
  const { say, day } = useFormat()
  if (state === 'announced')
    return rule === 'lottery' ? t('title.announced_lottery', { day: day(drawOn!) }) : t('title.announced')
  if (state === 'cancelled') return t('title.cancelled')
  const count = lines.filter(({ awardFen }) => awardFen !== null && awardFen !== '0').length
  return t(`title.${state}`, { count, total: say(awardedFen ?? '0') })
}

function useFacts(round: Round): readonly Fact[] {
  const { t } = useTranslation('round')
  const { day, instant } = useFormat()
  const text = useSay()
  const { state, rule, drawName, drawOn, leftFen, leftWhy } = round
  const redrawFact = (label: string, id: string): Fact => ({
    id: `redraw-${id}`,
    label: t('fact.redraw'),
    value: (
      <Link to="/rounds/$id" params={{ id }}>
        {label}
      </Link>
    ),
    ...(id === round.redrawOf?.id ? { source: round.redrawReason } : {}),
  })
  const facts: readonly (Fact | null)[] = [
    {
      id: 'number',
      label: t('fact.number'),
      value: <StatusTag tone={roundTones[state]}>{t(`state.${state}`)}</StatusTag>,
      source: `${round.number} · ${instant(round.openedAt)}`,
    },
    { id: 'programme', label: t('fact.programme'), value: text(round.title) },
    { id: 'rule', label: t('fact.rule'), value: t(`rule.${rule}`) },
    { id: 'pool', label: t('fact.pool'), value: <Money fen={round.poolFen} /> },
    { id: 'claims', label: t('fact.claims'), value: <Money fen={round.claimsFen} /> },
    rule === 'pro_rata' || rule === 'merit_shared'
      ? { id: 'minimum', label: t('fact.minimum'), value: <Money fen={round.minimumFen} /> }
      : null,
    leftFen === null
      ? null
      : { id: 'left', label: t('fact.left'), value: <Money fen={leftFen} />, source: t(`left.${leftWhy!}`) },
    drawOn === null ? null : { id: 'draw', label: t('fact.draw'), value: drawName, source: day(drawOn) },
    round.shown === null
      ? null
      : { id: 'shown', label: t('fact.shown'), value: round.shown, source: round.source },
    round.redrawOf === null ? null : redrawFact(t('fact.redraw.of', round.redrawOf), round.redrawOf.id),
    round.redrawnBy === null ? null : redrawFact(t('fact.redraw.by', round.redrawnBy), round.redrawnBy.id),
    round.computeReason === null
      ? null
      : {
          id: 'compute',
          label: t('fact.compute'),
          value: t('fact.compute.short'),
          source: round.computeReason,
        },
    { id: 'hash', label: t('fact.hash'), value: <span className="code round-hash">{round.listHash}</span> },
    round.seed === null
      ? null
      : { id: 'seed', label: t('fact.seed'), value: <span className="code round-hash">{round.seed}</span> },
  ]
  return facts.filter((fact) => fact !== null)
}

const WHY_TONES: Readonly<Record<NonNullable<Line['why']>, Tone>> = {
  whole: 'done',
  in_part: 'done',
  pool_used_up: 'waits',
  below_minimum: 'waits',
}

function Lines({ round }: { round: Round }): ReactElement {
  const { t } = useTranslation('round')
  const { instant } = useFormat()
  const decided = round.awardedFen !== null
  const lines = decided ? round.lines.toSorted((a, b) => a.turn! - b.turn!) : round.lines
  const scored = round.rule === 'merit' || round.rule === 'merit_shared'
  const columns: readonly Column<Line>[] = [
    ...(decided
      ? [
          {
            id: 'turn',
            label: t('column.turn'),
            numeric: true,
            text: ({ turn }: Line) => String(turn),
            cell: ({ turn }: Line) => turn,
          },
        ]
      : []),
    {
      id: 'number',
      label: t('column.number'),
      leads: true,
      text: ({ number }) => number,
      cell: ({ number }) => <span className="code">{number}</span>,
    },
    {
      id: 'claim',
      label: t('column.claim'),
      numeric: true,
      text: ({ claimFen }) => ledgerMoney(claimFen),
      cell: ({ claimFen }) => <Money fen={claimFen} />,
    },
    ...(scored
      ? [
          {
            id: 'score',
            label: t('column.score'),
            numeric: true,
            text: ({ score }: Line) => String(score),
            cell: ({ score }: Line) => score,
          },
        ]
      : []),
    ...(round.rule === 'lottery'
      ? []
      : [
          {
            id: 'complete',
            label: t('column.complete'),
            text: ({ completeAt }: Line) => completeAt,
            cell: ({ completeAt }: Line) => instant(completeAt),
          },
        ]),
    ...(decided ? resultColumns(t) : []),
  ]
  return (
    <Sheet title={t('lines')} aside={t('lines.aside', { count: lines.length })}>
      <DataTable
        columns={columns}
        rows={lines}
        rowId={({ number }) => number}
        caption={t('lines')}
        empty={null}
      />
    </Sheet>
  )
}

function resultColumns(t: ReturnType<typeof useTranslation<'round'>>['t']): readonly Column<Line>[] {
  return [
    {
      id: 'award',
      label: t('column.award'),
      numeric: true,
      text: ({ awardFen }) => ledgerMoney(awardFen!),
      cell: ({ awardFen }) => <Money fen={awardFen!} />,
    },
    {
      id: 'why',
      label: t('column.why'),
      text: ({ why }) => t(`why.${why!}`),
      cell: ({ why }) => <StatusTag tone={WHY_TONES[why!]}>{t(`why.${why!}`)}</StatusTag>,
    },
  ]
}
