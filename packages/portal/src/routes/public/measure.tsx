// One measure of any place: its numbers with clause, source and grade, its conditions and limits, and what no text that
// was seen says.
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Clause } from '../../components/clause.tsx'
import { Note } from '../../components/empty-state.tsx'
import { Facts } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { TableExport } from '../../components/table-export.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { saveText } from '../../format/save-file.ts'
import { Cases, Ladders } from './measure-ladder.tsx'
import '../../components/condition-list.css'

type Whole = Answer<'readMeasure'>

const SHORT = 4
/** px, as in the style sheets */
const PHONE = 760

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
          <p>{t('measure.adopted')}</p>
          <Link to="/programmes/$id" params={{ id: adoptionId }}>
            {t('measure.guide')}
          </Link>
        </Note>
      )}
      <Columns
        main={
          <>
            <Ladders ladders={measure.ladders} />
            <Numbers measure={measure} />
            <Ruled title={t('measure.conditions')} rules={measure.conditions} />
            <Ruled title={t('measure.limits')} rules={measure.limits} />
            <Cases cases={measure.cases} />
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
  type Known = Whole['numbers'][number]
  const valueOf = ({ bound, written }: Known): string =>
    bound === 'exact' ? text(written!) : t(`bound.${bound}`, { is: text(written!) })
  const sourceOf = ({ source, grade }: Known): string =>
    source === null ? t('measure.own') : `${source} · ${grade}`
  const columns = [
    { label: t('measure.number'), text: ({ label }: Known) => text(label) },
    { label: t('measure.value'), text: valueOf },
    { label: t('measure.clause'), text: ({ clause }: Known) => clause ?? '' },
    { label: t('measure.source'), text: sourceOf },
  ]
  const { id, version, hash, numbers } = measure
  const json = (): string => JSON.stringify({ id, version, hash, numbers }, null, 2)
  return (
    <Sheet title={t('measure.numbers')} aside={t('measure.numbers.of', { count: known.length })}>
      <Fold count={known.length}>
        <Facts
          facts={known.map((item) => ({
            id: item.name,
            label: text(item.label),
            value: valueOf(item),
            ...(item.clause === null ? {} : { clause: item.clause }),
            source: sourceOf(item),
          }))}
        />
      </Fold>
      <TableExport columns={columns} rows={() => Promise.resolve(known)} title={t('measure.numbers')} />
      <p className="sheet-body">
        <button
          type="button"
          className="button-link"
          onClick={() => saveText(`${id}.json`, json(), 'application/json')}
        >
          {t('json')}
        </button>
      </p>
    </Sheet>
  )
}

function Ruled({ title, rules }: { title: string; rules: Whole['limits'] }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  return (
    <Sheet title={title} aside={t('measure.count', { count: rules.length })}>
      <Fold count={rules.length}>
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
      </Fold>
    </Sheet>
  )
}

/** What is long is folded on a phone. */
function Fold({ count, children }: { count: number; children: ReactNode }): ReactElement {
  const { t } = useTranslation('measure')
  if (count <= SHORT || window.innerWidth > PHONE) return <>{children}</>
  return (
    <details className="sheet-fold">
      <summary>{t('measure.count', { count })}</summary>
      {children}
    </details>
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
      <Fold count={lines.length}>
        <ul className="conditions">
          {lines.map(({ id, text }) => (
            <li key={id}>
              <span className="conditions-text">{text}</span>
            </li>
          ))}
        </ul>
      </Fold>
    </Sheet>
  )
}

function Versions({ measure }: { measure: Whole }): ReactElement {
  const { t } = useTranslation('measure')
  const text = useSay()
  const { day } = useFormat()
  const others = measure.versions.length > 1
  return (
    <Sheet title={t('measure.versions')}>
      {others && (
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
                )}{' '}
                {hash !== measure.hash && (
                  <Link
                    to="/policies/compare"
                    search={
                      from > measure.from
                        ? { before: measure.hash, after: hash }
                        : { before: hash, after: measure.hash }
                    }
                    aria-label={`${t('measure.compare')} ${text(title)}`}
                  >
                    <small>{t('measure.compare')}</small>
                  </Link>
                )}
              </span>
              <span className="conditions-basis">{t('since', { from: day(from) })}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="sheet-body">
        <Link to="/policies/compare" search={{ after: measure.hash }}>
          {t('measure.compare.other')}
        </Link>
      </p>
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
