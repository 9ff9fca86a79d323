// The money: what was appropriated, where it is now, whether it lasts, and the appropriations that wait for a second
// person.
import { burnDownPicture } from '@suanquan/api'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { PictureFigure } from '../../charts/picture.tsx'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Facts, type Fact } from '../../components/facts.tsx'
import { Columns, Page, Sheet } from '../../components/page.tsx'
import { Reckoning } from '../../components/reckoning.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLanguage } from '../../components/use-language.ts'
import { useSay } from '../../components/use-say.ts'
import { AsOf, useAsOf } from '../../features/ledger/as-of.tsx'
import { ByProgramme } from '../../features/ledger/by-programme.tsx'
import { Appropriations } from '../../features/ledger/appropriations.tsx'
import { FlowOfProgramme } from '../../features/ledger/flow-of-money.tsx'

type Pool = Answer<'readPool'>

export function Pools(): ReactElement {
  const { t } = useTranslation('ledger')
  return (
    <ByProgramme label={t('choose')} none={{ title: t('none.title'), sheet: t('pool'), text: t('none') }}>
      {(id) => <OnePool key={id} adoptionId={id} />}
    </ByProgramme>
  )
}

function OnePool({ adoptionId }: { adoptionId: string }): ReactElement {
  const { t } = useTranslation('ledger')
  const asOf = useAsOf()
  const past = asOf.asOf !== undefined || asOf.sequence !== undefined
  const pool = useAnswer('readPool', { params: { id: adoptionId }, query: asOf })
  const { say, instant } = useFormat()
  const language = useLanguage()
  const text = useSay()
  return (
    <Page
      crumbs={[{ label: t('crumb') }, { label: text(pool.title) }]}
      title={
        past
          ? t('title.then', { left: say(pool.leftFen), at: instant(pool.asOf) })
          : BigInt(pool.leftFen) > 0n
            ? t('title', { left: say(pool.leftFen) })
            : t('title.empty')
      }
      lead={
        pool.waiting !== null && pool.waiting.applications > 0 ? (
          <>
            {t('lead.waiting', { count: pool.waiting.applications, amount: say(pool.waiting.fen) })}{' '}
            <Link to="/finance/planning" search={{ state: adoptionId } as never}>
              {t('lead.waiting.plan')}
            </Link>
          </>
        ) : (
          t('lead', { whole: say(pool.appropriatedFen), paid: say(pool.paidFen) })
        )
      }
      provenance={
        <>
          {t('provenance', { at: instant(pool.asOf), sequence: pool.sequence })}{' '}
          <Link to="/finance/statement" search={{ q: adoptionId } as never}>
            {t('statement')}
          </Link>
        </>
      }
    >
      <AsOf />
      <Columns
        main={
          <>
            <Where pool={pool} />
            <FlowOfProgramme adoptionId={adoptionId} asOf={asOf} />
            {!past && <Appropriations adoptionId={adoptionId} />}
          </>
        }
        side={
          <Sheet title={t('burn')}>
            <PictureFigure picture={burnDownPicture(pool, language)} />
          </Sheet>
        }
      />
    </Page>
  )
}

/** What was appropriated, less what was promised and issued, plus what came back, is what is left. */
function Where({ pool }: { pool: Pool }): ReactElement {
  const { t } = useTranslation('ledger')
  return (
    <>
      <Sheet title={t('where')}>
        <Reckoning
          lines={[
            {
              id: 'appropriated',
              label: t('where.appropriated'),
              value: { fen: pool.appropriatedFen },
            },
            ...(pool.unallottedFen === '0'
              ? []
              : [
                  {
                    id: 'unallotted',
                    label: t('where.unallotted'),
                    value: { fen: -BigInt(pool.unallottedFen) },
                  },
                ]),
            {
              id: 'reserved',
              label: t('where.reserved'),
              note: t('where.reserved.note'),
              value: { fen: -BigInt(pool.reservedFen) },
            },
            ...(pool.awardedFen === '0'
              ? []
              : [
                  {
                    id: 'awarded',
                    label: t('where.awarded'),
                    note: t('where.awarded.note'),
                    value: { fen: -BigInt(pool.awardedFen) },
                  },
                ]),
            {
              id: 'issued',
              label: t('where.issued'),
              note: t('where.issued.note'),
              value: { fen: -BigInt(pool.issuedFen) },
            },
            {
              id: 'returned',
              label: t('where.returned'),
              note: t('where.returned.note'),
              value: { fen: pool.returnedFen },
            },
          ]}
          total={{ label: t('where.left'), value: { fen: pool.leftFen } }}
        />
      </Sheet>
      <Issued pool={pool} />
    </>
  )
}

function Issued({ pool }: { pool: Pool }): ReactElement {
  const { t } = useTranslation('ledger')
  const { read } = useFormat()
  const fact = (id: 'usable' | 'held' | 'payable' | 'paid' | 'returned', fen: string): Fact => ({
    id,
    label: t(`where.${id}`),
    value: read(fen),
  })
  return (
    <Sheet title={t('issued')} aside={read(BigInt(pool.issuedFen) + BigInt(pool.awardedFen))}>
      <Facts
        facts={[
          fact('usable', pool.usableFen),
          fact('held', pool.heldFen),
          fact('payable', pool.payableFen),
          fact('paid', pool.paidFen),
          fact('returned', pool.returnedFen),
        ]}
      />
    </Sheet>
  )
}
