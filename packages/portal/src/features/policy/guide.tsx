// The parts of 办事指南 in their fixed order, each from the programme, its adoption or the site; nothing is typed twice.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { Facts } from '../../components/facts.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { TableExport } from '../../components/table-export.tsx'
import { useSay } from '../../components/use-say.ts'
import { countedDays } from './questions.ts'
import '../../components/condition-list.css'
import '../../components/table.css'
import './guide.css'

export type Adoption = Answer<'readAdoption'>

interface PartProps {
  readonly programme: Adoption
}

/** When applications are taken, with the minute at which a window opens or closes where the notice names one. */
export function windowTexts(
  { windows }: Adoption,
  t: (key: 'frame.days', ends: { from: string; to: string }) => string,
  day: (day: string) => string,
): readonly string[] {
  const end = (on: string, minute: string | null): string =>
    minute === null ? day(on) : `${day(on)} ${minute}`
  return windows.map(({ from, to, opensAt, closesAt }) =>
    t('frame.days', { from: end(from, opensAt), to: end(to, closesAt) }),
  )
}

export function Short({ programme }: PartProps): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const { day } = useFormat()
  const days = countedDays(programme)
  const [who] = programme.conditions
  const windows = windowTexts(programme, t, day)
  return (
    <Sheet
      title={t('guide.short')}
      aside={programme.authority}
      actions={
        <>
          <Link
            className="button"
            to="/calculator"
            search={{ programme: programme.id, start: 'yes' } as never}
          >
            {t('guide.check')}
          </Link>
          {programme.open && (
            <Link className="button" data-kind="quiet" to="/apply">
              {t('apply')}
            </Link>
          )}
          <button type="button" className="button-link" onClick={() => window.print()}>
            {t('guide.print')}
          </button>
        </>
      }
    >
      <Facts
        facts={[
          ...(who === undefined
            ? []
            : [{ id: 'who', label: t('guide.short.who'), value: text(who.text), clause: who.clause }]),
          {
            id: 'how_much',
            label: t('guide.short.how_much'),
            value: programme.awards
              .flatMap(({ caps }) => caps)
              .filter(({ id }) => !id.includes('pool'))
              .map((cap) => text(cap.text))
              .join(' · '),
          },
          { id: 'when', label: t('guide.short.when'), value: windows.join(' · ') },
          {
            id: 'days',
            label: t('guide.short.days'),
            value: days === null ? t('guide.short.days_open') : t('guide.short.days_value', { count: days }),
          },
          {
            id: 'papers',
            label: t('guide.short.papers'),
            value: t('guide.short.papers', { count: programme.documents.length }),
          },
          { id: 'fee', label: t('guide.short.fee'), value: t('guide.fees.text') },
        ]}
      />
    </Sheet>
  )
}

export const PARTS = [
  'basics',
  'conditions',
  'papers',
  'process',
  'amounts',
  'fees',
  'basis',
  'questions',
  'contact',
] as const

export function Anchors(): ReactElement {
  const { t } = useTranslation('policy')
  return (
    <nav className="guide-anchors" aria-label={t('guide.anchors')}>
      {PARTS.map((part) => (
        <a key={part} href={`#${part}`}>
          {t(`guide.${part}`)}
        </a>
      ))}
    </nav>
  )
}

export function Conditions({ programme }: PartProps): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const papers = new Map(programme.documents.map((document) => [document.id, text(document.text)]))
  return (
    <Sheet
      id="conditions"
      title={t('guide.conditions')}
      aside={t('conditions', { count: programme.conditions.length })}
    >
      <ol className="conditions">
        {programme.conditions.map((condition) => (
          <li key={condition.id}>
            <span className="conditions-text">
              {text(condition.text)}
              <Clause clause={condition.clause} />
              <span className="guide-evidence">
                {[
                  condition.source ?? '',
                  condition.evidence.length === 0
                    ? ''
                    : t('guide.evidence', {
                        papers: condition.evidence.map((id) => papers.get(id) ?? id).join(' · '),
                      }),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
            </span>
            {condition.decidedBy !== 'machine' && (
              <span className="conditions-basis">{t('decided_by_person')}</span>
            )}
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

export function Papers({ programme }: PartProps): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  return (
    <Sheet id="papers" title={t('guide.papers')}>
      <ul className="conditions">
        {programme.documents.map((document) => {
          const shows = programme.conditions.filter(({ evidence }) => evidence.includes(document.id))
          return (
            <li key={document.id}>
              <span className="conditions-text">
                {text(document.text)}
                {shows.length > 0 && (
                  <span className="guide-evidence">
                    {t('guide.proves', { conditions: shows.map((each) => text(each.text)).join(' · ') })}
                  </span>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}

export function Process({ programme }: PartProps): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const days = countedDays(programme)
  const limit = ({ limits, workingDays }: Adoption['stages'][number]): string =>
    limits === 'none' || workingDays === null
      ? t('guide.no_limit')
      : t(`guide.${limits}`, { count: workingDays })
  return (
    <Sheet id="process" title={t('guide.process')}>
      <table data-labelled>
        <thead>
          <tr>
            <th scope="col">{t('guide.stage')}</th>
            <th scope="col">{t('guide.who')}</th>
            <th scope="col">{t('guide.limit')}</th>
            <th scope="col">{t('guide.counts')}</th>
          </tr>
        </thead>
        <tbody>
          {programme.stages.map((stage) => (
            <tr key={stage.id}>
              <td data-label={t('guide.stage')}>
                {text(stage.text)}
                <Clause clause={stage.clause} />
              </td>
              <td data-label={t('guide.who')}>
                {t(`guide.actor.${stage.actor}` as 'guide.actor.authority', { defaultValue: stage.actor })}
              </td>
              <td data-label={t('guide.limit')}>{limit(stage)}</td>
              <td data-label={t('guide.counts')}>
                {t(stage.counts ? 'guide.counts.yes' : 'guide.counts.no')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TableExport
        columns={[
          { label: t('guide.stage'), text: (stage) => text(stage.text) },
          {
            label: t('guide.who'),
            text: ({ actor }) =>
              t(`guide.actor.${actor}` as 'guide.actor.authority', { defaultValue: actor }),
          },
          { label: t('guide.limit'), text: limit },
          {
            label: t('guide.counts'),
            text: ({ counts }) => t(counts ? 'guide.counts.yes' : 'guide.counts.no'),
          },
        ]}
        rows={() => Promise.resolve(programme.stages)}
        title={t('guide.process')}
      />
      {days !== null && <p className="sheet-body quiet small">{t('guide.total', { count: days })}</p>}
    </Sheet>
  )
}

export function Amounts({ programme }: PartProps): ReactElement {
  const { t } = useTranslation('policy')
  const text = useSay()
  const bases = programme.awards.map(({ id, base, baseClause }) => ({
    id: `base.${id}`,
    label: t('guide.base'),
    value: text(base),
    clause: baseClause,
  }))
  return (
    <Sheet id="amounts" title={t('guide.amounts')}>
      <Facts
        facts={[
          ...bases,
          ...programme.amounts.map((amount) => ({
            id: amount.id,
            label: text(amount.text),
            value: text(amount.value),
            clause: amount.clause,
          })),
        ]}
      />
      <ul className="conditions">
        {programme.awards
          .flatMap(({ caps }) => caps)
          .map((cap) => (
            <li key={cap.id}>
              <span className="conditions-text">
                {text(cap.text)}
                <Clause clause={cap.clause} />
              </span>
            </li>
          ))}
      </ul>
    </Sheet>
  )
}

export function Fees(): ReactElement {
  const { t } = useTranslation('policy')
  return (
    <Sheet id="fees" title={t('guide.fees')}>
      <p className="sheet-body">{t('guide.fees.text')}</p>
    </Sheet>
  )
}

/** Where somebody answers: the site's own particulars, which its administrator writes down once. */
export function Contact({ actions }: { actions?: ReactElement | undefined }): ReactElement {
  const { t } = useTranslation('policy')
  const { contact, supervision, address, hours } = useAnswer('readSite').particulars
  const said = (value: string): ReactElement | string =>
    value === '' ? <span className="quiet">{t('guide.not_set')}</span> : value
  return (
    <Sheet id="contact" title={t('guide.contact')} actions={actions}>
      <Facts
        facts={[
          { id: 'phone', label: t('guide.phone'), value: said(contact) },
          { id: 'supervision', label: t('guide.supervision'), value: said(supervision) },
          { id: 'window', label: t('guide.window'), value: said(address) },
          { id: 'hours', label: t('guide.hours'), value: said(hours) },
        ]}
      />
    </Sheet>
  )
}
