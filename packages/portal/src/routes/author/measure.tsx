// One measure: clauses beside rules beside cases, what another version says differently, and the way to adopt it.
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAct, useAnswer } from '../../client/queries.ts'
import { rolesOf, useSession } from '../../client/session.ts'
import { Clause } from '../../components/clause.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { StateTabs, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { CaseList } from '../../features/author/case-list.tsx'
import { DifferenceTable } from '../../features/author/difference-table.tsx'
import '../../features/author/author.css'

type Programme = Answer<'readProgramme'>

const PANES = ['clauses', 'rules', 'cases'] as const

export function Measure(): ReactElement {
  const { t } = useTranslation('author')
  const { hash } = useParams({ strict: false }) as { hash: string }
  const programme = useAnswer('readProgramme', { params: { hash } })
  const [filter] = useListFilter()
  const text = useSay()
  const { version, clauses, rules, cases } = programme
  const shown = PANES.find((pane) => pane === filter.state) ?? 'clauses'
  const author = rolesOf(useSession()).has('policy_author')
  return (
    <Page
      crumbs={[{ label: t('crumb.programmes'), to: '/author/programmes' }, { label: programme.id }]}
      title={text(programme.title)}
      lead={t('programme.lead', { version, clauses, rules, cases })}
    >
      <div className="panes-tabs">
        <StateTabs
          label={t('panes')}
          choices={PANES.map((pane) => ({ value: pane === 'clauses' ? '' : pane, label: t(pane) }))}
        />
      </div>
      <div className="panes" data-shown={shown}>
        <div data-pane="clauses">
          <Clauses programme={programme} />
        </div>
        <div data-pane="rules">
          <Rules programme={programme} />
        </div>
        <div data-pane="cases">
          <CaseList cases={programme.caseResults} />
        </div>
      </div>
      <Comparison programme={programme} />
      {author && <Adopt programme={programme} />}
      <Sheet
        title={t('programme.text')}
        aside={
          <Link to="/author/studio" search={{ from: programme.hash } as never}>
            {t('studio.open')}
          </Link>
        }
      >
        <details className="sheet-fold">
          <summary>{t('programme.text')}</summary>
          <pre className="file-text code" tabIndex={0}>
            {programme.text}
          </pre>
        </details>
      </Sheet>
    </Page>
  )
}

function Clauses({ programme }: { programme: Programme }): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  return (
    <>
      <Sheet title={t('clauses')} aside={t('rows', { count: programme.clauseTexts.length })}>
        <ul className="pane-list">
          {programme.clauseTexts.map(({ cite, source, clause, grade, text: said }) => (
            <li key={cite}>
              {text(said)}
              <Clause clause={clause} />
              <small className="quiet">
                {' '}
                {source} · {grade}
              </small>
            </li>
          ))}
        </ul>
      </Sheet>
      {programme.questions.length > 0 && (
        <Sheet title={t('programme.questions')} aside={t('rows', { count: programme.questions.length })}>
          <ul className="pane-list">
            {programme.questions.map(({ id, ask, blocks }) => (
              <li key={id}>
                {text(ask)} <small className="quiet">{t(blocks ? 'draft.required' : 'draft.optional')}</small>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </>
  )
}

function Rules({ programme }: { programme: Programme }): ReactElement {
  const { t } = useTranslation('author')
  const text = useSay()
  return (
    <Sheet title={t('rules')} aside={t('rows', { count: programme.ruleTexts.length })}>
      <ul className="pane-list">
        {programme.ruleTexts.map(({ path, text: said, is, cite, basis }) => (
          <li key={path} data-wrong={basis === 'open' || basis === 'assumed' || undefined}>
            <span className="code">{path}</span>
            <span>{text(said)}</span>
            <Clause clause={cite?.slice(cite.indexOf('.') + 1)} />
            {basis !== 'cited' && <small className="quiet"> {t(`basis.${basis}` as 'basis.open')}</small>}
            <span className="code">{is === '' ? t('rules.open') : is}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Comparison({ programme }: { programme: Programme }): ReactElement | null {
  const { t } = useTranslation('author')
  const text = useSay()
  const [{ before = '' }, change] = useFilters(['before'])
  const others = useAnswer('listProgrammes').items.filter(({ hash }) => hash !== programme.hash)
  const choices = others
    .toSorted((left, right) => Number(right.id === programme.id) - Number(left.id === programme.id))
    .map(({ hash, title, version }) => ({ value: hash, label: `${text(title)} ${version}` }))
  if (choices.length === 0) return null
  return (
    <Sheet
      title={t('compare')}
      aside={
        <Link to="/author/impact" search={{ programme: programme.hash } as never}>
          {t('impact.open')}
        </Link>
      }
    >
      <div className="sheet-body">
        <SelectField
          label={t('compare.before')}
          none={t('compare.choose')}
          value={before}
          onChange={(value) => change({ before: value })}
          choices={choices}
        />
      </div>
      {choices.some(({ value }) => value === before) && <Differences hash={programme.hash} before={before} />}
    </Sheet>
  )
}

function Differences({ hash, before }: { hash: string; before: string }): ReactElement {
  const { items } = useAnswer('compareProgrammes', { params: { hash }, query: { before } })
  return <DifferenceTable rows={items} />
}

function Adopt({ programme }: { programme: Programme }): ReactElement {
  const { t } = useTranslation('author')
  const navigate = useNavigate()
  const [typed, setTyped] = useState({
    title_zh: programme.title.zh,
    title_en: programme.title.en,
    authority_zh: '',
    authority_en: '',
    districts: '',
  })
  const act = useAct('openAdoptionDraft', ({ id }) =>
    navigate({ to: '/author/adoptions/$id', params: { id } }),
  )
  const field = (name: keyof typeof typed): ReactElement => (
    <TextField
      label={t(`adopt.${name}`)}
      value={typed[name]}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
      maxLength={name === 'districts' ? 700 : 120}
      {...(name === 'districts' ? { help: t('adopt.districts.help'), optional: true } : {})}
    />
  )
  function submit(event: FormEvent): void {
    event.preventDefault()
    const title = { zh: typed.title_zh, en: typed.title_en }
    const authority = { zh: typed.authority_zh, en: typed.authority_en }
    const districts = typed.districts.split(/[\s,，、]+/).filter((code) => code !== '')
    act.mutate({ body: { programmeHash: programme.hash, title, authority, districts } })
  }
  return (
    <Sheet title={t('adopt')} aside={t('adopt.why')}>
      <form className="form" onSubmit={submit}>
        {field('title_zh')}
        {field('title_en')}
        {field('authority_zh')}
        {field('authority_en')}
        {field('districts')}
        <div className="wide stack">
          <ErrorNote error={act.error} />
          <button
            className="button"
            disabled={act.isPending || typed.authority_zh === '' || typed.authority_en === ''}
          >
            {t('adopt.start')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
