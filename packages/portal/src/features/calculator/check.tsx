// The calculator itself: the form of facts, and beside it what each programme comes to. It is fetched when somebody
// starts, with the rules; from then on it needs no network.
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState, Note } from '../../components/empty-state.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { FactForm } from './fact-form.tsx'
import { Result } from './result.tsx'
import { checkAgainst, factsAsked, ranked, rulesOf, schemaOf, type Checked, type Typed } from './rules.ts'
import './calculator.css'

export function Check({ programme }: { programme: string | undefined }): ReactElement {
  const { t } = useTranslation('calculator')
  const text = useSay()
  const { instant } = useFormat()
  const site = useAnswer('readSite')
  const { items } = useAnswer('readOwnChecks')
  const [typed, setTyped] = useState<Typed>({})
  const rules = useMemo(() => items.map(rulesOf), [items])
  const asked = rules.filter(({ item }) => item.id === programme)
  const wanted = asked.length > 0 ? asked : rules
  const checked = ranked(wanted.map((each) => checkAgainst(each, typed, site.today)))
  const schema = schemaOf(rules)
  const districts = [...new Set(items.flatMap((item) => item.districts))].sort()
  return (
    <Page
      crumbs={[{ label: t('crumb.home'), to: '/' }, { label: t('crumb') }]}
      title={useTitle(checked, typed)}
      lead={asked.length > 0 ? t('lead.one', { title: text(asked[0]!.item.title) }) : t('lead')}
      provenance={t('provenance', {
        now: instant(site.now),
        engine: items[0]?.engineVersion ?? '—',
      })}
    >
      {schema === undefined ? (
        <Sheet title={t('crumb')}>
          <EmptyState>{t('none')}</EmptyState>
        </Sheet>
      ) : (
        <Columns
          main={
            <>
              <Note tone="done">{t('private')}</Note>
              <FactForm
                facts={factsAsked(wanted)}
                schema={schema}
                districts={districts}
                typed={typed}
                onChange={setTyped}
              />
            </>
          }
          side={
            <div aria-live="polite">
              {checked.map((each) => (
                <Result key={each.rules.item.id} checked={each} typed={typed} />
              ))}
            </div>
          }
        />
      )}
    </Page>
  )
}

function useTitle(checked: readonly Checked[], typed: Typed): string {
  const { t } = useTranslation('calculator')
  const { say } = useFormat()
  if (Object.values(typed).every((value) => value === '')) return t('title')
  const fits = checked.filter(({ verdict }) => verdict === 'fits')
  const open = checked.filter(({ verdict }) => verdict === 'open')
  if (fits.length > 0) return t('title.fits', { count: fits.length, amount: say(fits[0]!.expectedFen) })
  return open.length > 0 ? t('title.open', { count: open.length }) : t('title.not')
}
