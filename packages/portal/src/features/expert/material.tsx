// What an expert judges by: the question, the purpose, the contract, the facts and, unless the review is blind, the papers.
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../client/call.ts'
import { Facts } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { readSize } from '../../components/upload.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSay } from '../../components/use-say.ts'
import { sourceOf } from '../policy/determination.tsx'
import { readFact } from '../review/read-fact.ts'
import type { Panel } from './words.ts'
import '../disclosure/notice-list.css'

type Examined = Pick<Panel, 'question' | 'material'>

interface MaterialProps {
  readonly panel: Examined
  /** over what is asked; experts answer a question */
  readonly title?: string
}

export function Material({ panel, title }: MaterialProps): ReactElement {
  const { t } = useTranslation('expert')
  return (
    <>
      <Sheet title={title ?? t('question')}>
        <div className="sheet-body">
          <p>{panel.question}</p>
        </div>
      </Sheet>
      {panel.material.project === null ? (
        <ContractSheet panel={panel} />
      ) : (
        <ProjectSheet project={panel.material.project} />
      )}
      <FactSheet panel={panel} />
      <Papers panel={panel} />
    </>
  )
}

type PlannedProject = NonNullable<Panel['material']['project']>

/** The project as it was planned, and what was filed for its acceptance. */
function ProjectSheet({ project }: { project: PlannedProject }): ReactElement {
  const { t } = useTranslation('expert')
  const { day } = useFormat()
  const { title, plan, startsOn, endsOn, items, filed } = project
  const term =
    startsOn === null || endsOn === null
      ? undefined
      : t('contract.days', { from: day(startsOn), to: day(endsOn) })
  return (
    <Sheet title={t('project')}>
      <Facts
        facts={[
          { id: 'title', label: t('project.title'), value: title },
          { id: 'plan', label: t('project.plan'), value: plan },
          { id: 'term', label: t('project.term'), value: term },
          { id: 'items', label: t('project.items'), value: items ?? undefined },
          ...(filed === null
            ? []
            : [
                { id: 'filed', label: t('project.filed'), value: filed.summary },
                { id: 'delivered', label: t('project.filed_items'), value: filed.items },
              ]),
        ]}
      />
    </Sheet>
  )
}

function ContractSheet({ panel }: { panel: Examined }): ReactElement {
  const { t } = useTranslation('expert')
  const { contract, purpose } = panel.material
  const { day } = useFormat()
  const term =
    contract.startsOn === null || contract.endsOn === null
      ? undefined
      : t('contract.days', { from: day(contract.startsOn), to: day(contract.endsOn) })
  return (
    <Sheet title={t('material')}>
      <Facts
        facts={[
          { id: 'purpose', label: t('purpose'), value: purpose ?? undefined },
          { id: 'provider', label: t('contract.provider'), value: contract.providerName ?? t('covered') },
          { id: 'term', label: t('contract.term'), value: term },
          {
            id: 'amount',
            label: t('contract.amount'),
            value: contract.amountFen === null ? undefined : <Money fen={contract.amountFen} form="ledger" />,
          },
          ...contract.prices.map(({ chip, priceFenPerCardHour }) => ({
            id: chip,
            label: t('contract.price', { chip }),
            value: <Money fen={priceFenPerCardHour} form="ledger" />,
          })),
        ]}
      />
    </Sheet>
  )
}

function FactSheet({ panel }: { panel: Examined }): ReactElement {
  const { t } = useTranslation('expert')
  const { t: values } = useTranslation('review')
  const { t: policyWords } = useTranslation('policy')
  const text = useSay()
  const formats = useFormat()
  return (
    <Sheet title={t('facts')}>
      <Facts
        facts={panel.material.facts.map((fact) => ({
          id: fact.id,
          label: text(fact.label),
          value: readFact(fact.value, fact.type, formats, values),
          source: sourceOf(fact.source, policyWords),
        }))}
      />
    </Sheet>
  )
}

function Papers({ panel }: { panel: Examined }): ReactElement | null {
  const { t } = useTranslation(['expert', 'words'])
  const { documents } = panel.material
  if (documents.length === 0) return null
  return (
    <Sheet title={t('papers')}>
      <ul className="notice-list">
        {documents.map((file) => (
          <li key={file.id}>
            <span>
              <a
                href={addressOf('readAttachment', { params: { id: file.id } })}
                target="_blank"
                rel="noreferrer"
              >
                {t(`words:document.${file.kind}`)}
              </a>
              <small>
                {file.fileName} · {readSize(file.sizeBytes)}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
