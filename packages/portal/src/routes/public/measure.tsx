// One measure of any place: its numbers with clause, source and grade, its conditions and limits, and what no text that
// was seen says.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { Note } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import '../../components/condition-list.css'

type Whole = Answer<'readMeasure'>

export function MeasurePage(): ReactElement {
  const { t } = useTranslation('measure')
  const { hash } = useParams({ from: '/policies/$hash' })
  const measure = useAnswer('readMeasure', { params: { hash } })
  const text = useSay()
  const { day } = useFormat()
  const { from, to, state, adoptionId, questions } = measure
  return (
    <Page
      crumbs={[{ label: t('name'), to: '/policies' }, { label: text(measure.title) }]}
      title={text(measure.title)}
      lead={`${text(measure.place)} · ${t(`kind.${measure.kind as 'compute_voucher'}`)} · ${t(`state.${state}`)} · ${
        to === null ? t('since', { from: day(from) }) : `${day(from)} – ${day(to)}`
      }`}
      provenance={t('measure.provenance', {
        id: measure.id,
        version: measure.version,
        hash: hash.slice(0, 12),
      })}
    >
      {state === 'skeleton' && <Note tone="waits">{t('measure.skeleton')}</Note>}
      {state === 'proposed' && <Note tone="waits">{t('measure.proposed')}</Note>}
      {adoptionId !== null && (
        <Note tone="done">
          {t('measure.adopted')}{' '}
          <Link to="/programmes/$id" params={{ id: adoptionId }}>
            {t('measure.guide')}
          </Link>
        </Note>
      )}
      <Columns
        main={
          <>
            <Numbers measure={measure} />
            <Ruled title={t('measure.conditions')} rules={measure.conditions} />
            <Ruled title={t('measure.limits')} rules={measure.limits} />
          </>
        }
        side={
          <>
            <Plain
              title={t('measure.questions')}
              lines={questions.map(({ id, ask }) => ({ id, text: text(ask) }))}
            />
            <Plain
              title={t('measure.stages')}
              lines={measure.stages.map(({ id, text: says }) => ({ id, text: text(says) }))}
            />
            <Plain
              title={t('measure.documents')}
              lines={measure.documents.map(({ id, text: says }) => ({ id, text: text(says) }))}
            />
            <Versions measure={measure} />
            <Clauses measure={measure} />
          </>
        }
      />
    </Page>
  )
}

function Numbers({ measure }: { measure: Whole }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const known = measure.numbers.filter(({ written }) => written !== null)
  return (
    <Sheet title={t('measure.numbers')} aside={t('measure.numbers.of', { count: known.length })}>
      <Facts
        facts={known.map(({ name, label, bound, written, clause, source, grade }) => ({
          id: name,
          label: text(label),
          value: bound === 'exact' ? text(written!) : t(`bound.${bound}`, { is: text(written!) }),
          ...(clause === null ? {} : { clause }),
          source: source === null ? t('measure.own') : `${source} · ${grade}`,
        }))}
      />
    </Sheet>
  )
}

function Ruled({ title, rules }: { title: string; rules: Whole['limits'] }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  return (
    <Sheet title={title} aside={t('measure.count', { count: rules.length })}>
      <ul className="conditions">
        {rules.map(({ id, text: says, clause, basis }) => (
          <li key={id}>
            <span className="conditions-text">
              {text(says)}
              <Clause clause={clause} />
            </span>
            {basis === 'assumed' && <span className="conditions-basis">{t('measure.assumed')}</span>}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

interface PlainProps {
  readonly title: string
  readonly lines: readonly { readonly id: string; readonly text: string }[]
}

function Plain({ title, lines }: PlainProps): ReactElement | null {
  if (lines.length === 0) return null
  return (
    <Sheet title={title}>
      <ul className="conditions">
        {lines.map(({ id, text }) => (
          <li key={id}>
            <span className="conditions-text">{text}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Versions({ measure }: { measure: Whole }): ReactElement | null {
  const { t } = useTranslation('measure')
  const text = useSay()
  const { day } = useFormat()
  if (measure.versions.length < 2) return null
  return (
    <Sheet title={t('measure.versions')}>
      <ul className="conditions">
        {measure.versions.map(({ hash, title, from }) => (
          <li key={hash}>
            <span className="conditions-text">
              {hash === measure.hash ? (
                <b>{text(title)}</b>
              ) : (
                <Link to="/policies/$hash" params={{ hash }}>
                  {text(title)}
                </Link>
              )}
            </span>
            <span className="conditions-basis">{t('since', { from: day(from) })}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Clauses({ measure }: { measure: Whole }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  return (
    <Sheet title={t('measure.clauses')}>
      <details className="sheet-fold">
        <summary>{t('measure.count', { count: measure.clauses.length })}</summary>
        <ul className="conditions">
          {measure.clauses.map(({ cite, clause, source, grade, text: says }) => (
            <li key={cite}>
              <span className="conditions-text">
                {text(says)} <Clause clause={clause} />
                <small className="quiet">
                  {' '}
                  {source} · {grade}
                </small>
              </span>
            </li>
          ))}
        </ul>
      </details>
    </Sheet>
  )
}
