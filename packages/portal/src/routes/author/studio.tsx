// The policy studio (政策工作室): a measure is written beside what it means. Findings are underlined while one types, cases
// turn, clauses stand with their rules and proofs; what is whole goes to the library, where it is adopted by two people.
import { Link, useSearch } from '@tanstack/react-router'
import { useState, type ChangeEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct, useAnswer } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField } from '../../components/field.tsx'
import { StateTabs, useFilters, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'
import { Editor } from '../../features/studio/editor.tsx'
import { Faults } from '../../features/studio/faults.tsx'
import type { Texts } from '../../features/studio/look.ts'
import { Cases, Clauses, Differences, Problems, type Spot } from '../../features/studio/panes.tsx'
import { useStudio, type Studio } from '../../features/studio/use-studio.ts'
import '../../features/author/author.css'
import '../../features/studio/studio.css'

const PANES = ['problems', 'clauses', 'cases', 'differences', 'faults'] as const

export function PolicyStudio(): ReactElement {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const from = typeof search['from'] === 'string' ? search['from'] : ''
  return from === '' ? <Desk key="" from="" start={EMPTY} /> : <Begun key={from} hash={from} />
}

const EMPTY: Texts = { programme: '', cases: '' }

function Begun({ hash }: { hash: string }): ReactElement {
  const { text, casesText } = useAnswer('readProgramme', { params: { hash } })
  const [start] = useState<Texts>({ programme: text, cases: casesText ?? '' })
  return <Desk from={hash} start={start} />
}

function Desk({ from, start }: { from: string; start: Texts }): ReactElement {
  const { t } = useTranslation('author')
  const studio = useStudio(from, start, from === '' ? null : start.programme)
  const [file, setFile] = useState<keyof Texts>('programme')
  const [spot, setSpot] = useState<Spot>()
  const { title, lead } = useAnswerOf(studio)
  function go(to: Spot): void {
    setFile(to.file)
    setSpot({ ...to })
  }
  return (
    <Page
      crumbs={[{ label: t('crumb.programmes'), to: '/author/programmes' }, { label: t('studio') }]}
      title={title}
      lead={lead}
    >
      <Begin from={from} studio={studio} />
      <div className="studio">
        <div>
          <Sheet
            title={t(`studio.file.${file}`)}
            aside={<ReadFile onRead={(text) => studio.change({ [file]: text })} />}
          >
            <div className="tabs sheet-body" role="group" aria-label={t('studio.files')}>
              {(['programme', 'cases'] as const).map((each) => (
                <button key={each} type="button" aria-pressed={file === each} onClick={() => setFile(each)}>
                  {t(`studio.file.${each}`)}
                </button>
              ))}
            </div>
            <Editor
              key={file}
              label={t(`studio.file.${file}`)}
              value={studio.texts[file]}
              onChange={(text) => studio.change({ [file]: text })}
              problems={(studio.looked?.problems ?? []).filter((problem) => problem.file === file)}
              offered={
                studio.vocabulary && {
                  vocabulary: studio.vocabulary,
                  file,
                  programme: studio.texts.programme,
                }
              }
              at={spot?.file === file ? spot : undefined}
            />
            <p className="sheet-body quiet small">{t('studio.keys')}</p>
            <Store studio={studio} />
          </Sheet>
        </div>
        <Beside studio={studio} go={go} />
      </div>
    </Page>
  )
}

/** The title is the answer: what is to mend, or that everything holds. */
function useAnswerOf({ looked, texts }: Studio): { readonly title: string; readonly lead: string } {
  const { t } = useTranslation('author')
  if (texts.programme.trim() === '') return { title: t('studio.title.empty'), lead: t('studio.lead.empty') }
  if (looked === undefined) return { title: t('studio.title.looking'), lead: t('studio.lead') }
  const errors = looked.problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0 || looked.programme === null)
    return { title: t('check.errors', { count: errors }), lead: t('studio.lead') }
  const { cases, rules } = looked.programme
  const failed = cases.filter(({ passed }) => !passed).length
  if (failed > 0) return { title: t('cases.failed', { count: failed }), lead: t('studio.lead') }
  const title = cases.length === 0 ? t('studio.title.no_cases') : t('cases.all', { count: cases.length })
  return { title, lead: t('check.clean', { rules: rules.length }) }
}

/** What one begins with: a measure of the library, or nothing. */
function Begin({ from, studio }: { from: string; studio: Studio }): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  const { items } = useAnswer('listProgrammes')
  const [, change] = useFilters(['from'])
  return (
    <div className="studio-from">
      <SelectField
        label={t('studio.from')}
        none={t('studio.from.none')}
        value={from}
        onChange={(hash) => change({ from: hash })}
        choices={items.map(({ hash, title, version }) => ({
          value: hash,
          label: `${say(title)} ${version}`,
        }))}
      />
      {studio.isChanged && from !== '' && (
        <button type="button" className="button-link" onClick={studio.startAgain}>
          {t('studio.start_again')}
        </button>
      )}
    </div>
  )
}

function ReadFile({ onRead }: { onRead: (text: string) => void }): ReactElement {
  const { t } = useTranslation('author')
  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const chosen = event.target.files?.[0]
    if (chosen !== undefined) onRead(await chosen.text())
  }
  return (
    <label className="small">
      {t('check.file.upload')}{' '}
      <input type="file" accept=".yaml,.yml,.txt" onChange={(event) => void read(event)} />
    </label>
  )
}

function Beside({ studio, go }: { studio: Studio; go: (spot: Spot) => void }): ReactElement {
  const { t } = useTranslation('author')
  const [filter] = useListFilter()
  const { looked, scored } = studio
  const shown = PANES.find((pane) => pane === filter.state) ?? 'problems'
  const programme = looked?.programme ?? null
  return (
    <div aria-live="polite">
      <StateTabs
        label={t('panes')}
        choices={PANES.map((pane) => ({
          value: pane === 'problems' ? '' : pane,
          label: t(`studio.pane.${pane}`),
        }))}
      />
      {shown === 'problems' && <Problems problems={looked?.problems ?? []} go={go} />}
      {shown === 'cases' && <Cases cases={programme?.cases ?? []} go={go} />}
      {shown === 'differences' && <Differences rows={programme?.differences ?? null} />}
      {shown === 'faults' && (
        <Faults
          studio={studio}
          ready={
            programme !== null && programme.cases.length > 0 && programme.cases.every(({ passed }) => passed)
          }
        />
      )}
      {shown === 'clauses' &&
        (programme === null ? (
          <Note tone="waits">{t('studio.clauses.wait')}</Note>
        ) : (
          <Clauses programme={programme} scored={scored ?? undefined} />
        ))}
    </div>
  )
}

function Store({ studio }: { studio: Studio }): ReactElement {
  const { t } = useTranslation('author')
  const store = useAct('storeProgramme')
  const { looked, texts } = studio
  const programme = looked?.programme ?? null
  const holds =
    programme !== null &&
    looked!.problems.every(({ severity }) => severity !== 'error') &&
    programme.cases.every(({ passed }) => passed)
  const body = { text: texts.programme, casesText: texts.cases.trim() === '' ? null : texts.cases }
  return (
    <div className="sheet-body stack">
      <div className="row-of">
        <button
          type="button"
          className="button"
          disabled={!holds || store.isPending}
          onClick={() => store.mutate({ body })}
        >
          {t('check.store')}
        </button>
        <span className="quiet small">{t('studio.store.why')}</span>
      </div>
      {store.data !== undefined && (
        <Note tone="done">
          {t('check.stored')}{' '}
          <Link to="/author/programmes/$hash" params={{ hash: store.data.hash }}>
            {t('studio.store.adopt')}
          </Link>
        </Note>
      )}
      <ErrorNote error={store.error} />
    </div>
  )
}
