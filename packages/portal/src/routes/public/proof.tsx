// The published ledger, proved by whoever looks: the latest head, the chain of seals, and checks that this browser makes
// itself. What is published names no firm and no amount.
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Facts } from '../../components/facts.tsx'
import { TextField } from '../../components/field.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Pending } from '../../components/pending.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { keepHead } from '../../features/proof/keep.ts'
import { Seals } from '../../features/proof/seals.tsx'
import { useCheck, type Checking } from '../../features/proof/use-check.ts'
import '../../features/proof/proof.css'

const Result = lazy(() => import('../../features/proof/result.tsx'))
const address = getRouteApi('/proof')

type Head = Answer<'listTreeHeads'>['items'][number]

export function ProofPage(): ReactElement {
  const { t } = useTranslation('proof')
  const { items } = useAnswer('listTreeHeads')
  const { ledger } = address.useSearch() as { ledger?: number }
  const head = items.find((each) => each.ledger === ledger) ?? items[0]
  const title =
    head === undefined ? t('title.none') : t('title', { seals: head.seal.number, last: head.seal.last })
  return (
    <Page
      crumbs={[{ label: t('crumb.verify'), to: '/verify' }, { label: t('crumb') }]}
      title={title}
      lead={t('lead')}
    >
      {items.length > 1 && <Funds items={items} shown={head?.ledger} />}
      {head === undefined ? (
        <Sheet title={t('seals')}>
          <EmptyState>{t('seals.none')}</EmptyState>
        </Sheet>
      ) : (
        <Proof key={head.ledger} head={head} />
      )}
    </Page>
  )
}

/** Each fund has its own ledger, and each ledger its own seals. */
function Funds({ items, shown }: { items: readonly Head[]; shown: number | undefined }): ReactElement {
  const { t } = useTranslation('proof')
  const text = useSay()
  return (
    <p className="row-of">
      {items.map(({ ledger, programmes }) => (
        <Link
          key={ledger}
          to="/proof"
          search={{ ledger } as never}
          aria-current={ledger === shown ? 'page' : undefined}
        >
          {t('fund', { ledger, programmes: text(programmes) })}
        </Link>
      ))}
    </p>
  )
}

function Proof({ head }: { head: Head }): ReactElement {
  const { t } = useTranslation('proof')
  const checking = useCheck()
  const [trusted, setTrusted] = useState('')
  return (
    <>
      <div aria-live="polite">
        {checking.outcome !== null && (
          <Suspense fallback={<Pending />}>
            <Result outcome={checking.outcome} />
          </Suspense>
        )}
        {checking.noProof && <ErrorLine text={t('file.none')} />}
        <ErrorNote error={checking.error} />
      </div>
      <Columns
        main={
          <>
            <File checking={checking} trusted={trusted} onTrusted={setTrusted} />
            <Pair checking={checking} trusted={trusted} head={head} />
          </>
        }
        side={<Latest checking={checking} trusted={trusted} head={head} />}
      />
      <Seals head={head} />
      <Sheet title={t('how')}>
        <ol className="sheet-body">
          <li>{t('how.1')}</li>
          <li>{t('how.2')}</li>
          <li>{t('how.3')}</li>
          <li>
            {t('how.4')} <code>npx suanquan proof tree --from head.json</code>
          </li>
        </ol>
      </Sheet>
    </>
  )
}

function ErrorLine({ text }: { text: string }): ReactElement {
  return (
    <p className="field-error" role="alert">
      {text}
    </p>
  )
}

interface PartProps {
  readonly checking: Checking
  readonly trusted: string
}

/** A file of anybody's: a voucher's proof, a kept head, a proof of two heads. */
function File({
  checking,
  trusted,
  onTrusted,
}: PartProps & { onTrusted: (key: string) => void }): ReactElement {
  const { t } = useTranslation('proof')
  async function take(input: HTMLInputElement): Promise<void> {
    const content = await input.files?.[0]?.text()
    input.value = ''
    if (content !== undefined) await checking.run((checks) => checks.checkFile(content, trusted))
  }
  return (
    <Sheet title={t('file')} aside={t('file.why')}>
      <div className="form">
        <div className="wide">
          <div className="proof-file">
            <input
              type="file"
              accept=".json,application/json"
              aria-label={t('file.label')}
              disabled={checking.working}
              onChange={(event) => void take(event.target)}
            />
            <span className="button" data-kind="quiet" aria-hidden="true">
              {t('file.choose')}
            </span>
            <span className="quiet small" aria-hidden="true">
              {t('file.drop')}
            </span>
          </div>
        </div>
        <div className="wide">
          <TextField
            label={t('trusted')}
            help={t('trusted.help')}
            optional
            value={trusted}
            onChange={onTrusted}
            maxLength={32}
          />
        </div>
      </div>
    </Sheet>
  )
}

/** Two heads of the platform, held against each other. */
function Pair({ checking, trusted, head }: PartProps & { head: Head }): ReactElement {
  const { t } = useTranslation('proof')
  const [from, setFrom] = useState('1')
  const [to, setTo] = useState(String(head.seal.number))
  const within = (number: string): boolean =>
    /^\d{1,9}$/.test(number) && Number(number) >= 1 && Number(number) <= head.seal.number
  const error = (number: string): { error?: string } =>
    within(number) ? {} : { error: t('pair.error', { most: head.seal.number }) }
  const backwards = within(from) && within(to) && Number(from) > Number(to)
  return (
    <Sheet title={t('pair')} aside={t('pair.why')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const pair = { ledger: head.ledger, from: Number(from), to: Number(to) }
          void checking.run((checks) => checks.compareHeads(pair, trusted))
        }}
      >
        <TextField
          label={t('pair.from')}
          value={from}
          onChange={setFrom}
          inputMode="numeric"
          {...error(from)}
        />
        <TextField
          label={t('pair.to')}
          value={to}
          onChange={setTo}
          inputMode="numeric"
          {...(backwards ? { error: t('pair.backwards') } : error(to))}
        />
        <div className="wide">
          <button className="button" disabled={checking.working || !within(from) || !within(to) || backwards}>
            {t('pair.do')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function Latest({ checking, trusted, head }: PartProps & { head: Head }): ReactElement {
  const { t } = useTranslation('proof')
  const { instant } = useFormat()
  const { seal, waiting, ledger } = head
  return (
    <Sheet
      title={t('latest')}
      aside={t('seal.number', { number: seal.number })}
      actions={
        <>
          <button
            type="button"
            className="button"
            disabled={checking.working}
            onClick={() =>
              void checking.run((checks, onProgress) => checks.checkSeals(ledger, trusted, onProgress))
            }
          >
            {t('chain.do')}
          </button>
          <button
            type="button"
            className="button"
            data-kind="quiet"
            onClick={() => void keepHead(t('file.head', { ledger, number: seal.number }), seal)}
          >
            {t('head.keep')}
          </button>
        </>
      }
    >
      <Facts
        facts={[
          { id: 'last', label: t('seal.size'), value: t('seal.postings', { last: seal.last }) },
          {
            id: 'waiting',
            label: t('seal.waiting'),
            value: t('seal.postings', { last: waiting }),
            source: t('seal.waiting_why'),
          },
          { id: 'at', label: t('seal.at'), value: instant(seal.at) },
          { id: 'root', label: t('seal.root'), value: <span className="root-hash">{seal.root}</span> },
          { id: 'key', label: t('seal.key'), value: <span className="root-hash">{seal.keyId}</span> },
        ]}
      />
      {checking.share !== null && (
        <div className="sheet-body">
          <progress className="proof-progress" value={checking.share} aria-label={t('chain.do')} />
        </div>
      )}
      <p className="sheet-body small quiet">{t('head.why')}</p>
    </Sheet>
  )
}
