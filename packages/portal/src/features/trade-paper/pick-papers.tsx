// Papers of the register that fit the contract and have something left: picked instead of typed.
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'
import { emptyRow, type ProofRow, type ProofsForm } from '../settlement/claim-form.ts'
import { StandingTag } from './paper-tags.tsx'
import './trade-paper.css'

type Paper = Answer<'listTradePapers'>['items'][number]

interface PickProps<Form extends ProofsForm> {
  readonly kind: 'invoices' | 'payments'
  readonly form: Form
  readonly onChange: (form: Form) => void
  readonly organisationId: string
}

const KINDS = { invoices: 'invoice', payments: 'payment' } as const

export function PickPapers<Form extends ProofsForm>({
  kind,
  form,
  onChange,
  organisationId,
}: PickProps<Form>): ReactElement {
  const { t } = useTranslation('trade-paper')
  const { read, day } = useFormat()
  const query = { kind: KINDS[kind], organisationId, size: 200 } as const
  const papers = useAnswer('listTradePapers', { query }).items.filter((paper) => fits(paper, kind, form))
  const rows = form[kind]
  const chosen = new Set(rows.map(({ number }) => number))
  function pick(paper: Paper): void {
    const typed = rows.filter(({ number, fen }) => number !== '' || fen !== undefined)
    const key = Math.max(0, ...rows.map((row) => row.key)) + 1
    onChange({ ...form, [kind]: [...typed, rowOf(paper, key, form)] })
  }
  return (
    <Sheet
      title={`${t('pick')} · ${t(`kind.${KINDS[kind]}`)}`}
      aside={t('pick.aside', { count: papers.length })}
    >
      <div className="sheet-body">
        {papers.length === 0 ? (
          <p className="quiet">
            {t('pick.none', { kind: t(`kind.${KINDS[kind]}`) })}{' '}
            <Link to="/trade-papers">{t('pick.go')}</Link>
          </p>
        ) : (
          <ul className="paper-picks">
            {papers.map((paper) => (
              <li key={paper.id}>
                <span>
                  {paper.number} <StandingTag paper={paper} />
                  <small className="quiet">
                    {day(paper.datedOn)} · {t('pick.left', { amount: read(leftOf(paper).toString()) })}
                  </small>
                </span>
                <Money fen={paper.amountFen!} form="ledger" />
                {chosen.has(paper.number) ? (
                  <span className="quiet">{t('pick.added')}</span>
                ) : (
                  <button
                    type="button"
                    className="button-link"
                    aria-label={`${t('pick.add')} ${paper.number}`}
                    onClick={() => pick(paper)}
                  >
                    {t('pick.add')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Sheet>
  )
}

function leftOf({ amountFen, usedFen }: Paper): bigint {
  return BigInt(amountFen ?? '0') - BigInt(usedFen)
}

/** Between the parties of the contract, not taken away, and not used up. A red letter is found by the match itself. */
function fits(paper: Paper, kind: 'invoices' | 'payments', { parties }: ProofsForm): boolean {
  const [from, to] = kind === 'invoices' ? [parties.seller, parties.buyer] : [parties.buyer, parties.seller]
  const stands = paper.standing === 'unverified' || paper.standing === 'verified'
  return stands && paper.fromCode === from && paper.toCode === to && leftOf(paper) > 0n
}

function rowOf(paper: Paper, key: number, { parties }: ProofsForm): ProofRow {
  return {
    ...emptyRow(key, parties),
    number: paper.number,
    fen: paper.amountFen ?? undefined,
    excludedFen: paper.excludedFen,
    on: paper.datedOn,
    attachmentId: paper.attachmentId,
    fileName: paper.attachmentId === null ? '' : paper.number,
  }
}
