import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../client/call.ts'
import { useAnswer } from '../../client/queries.ts'
import { Facts, type Fact } from '../../components/facts.tsx'
import { Money } from '../../components/money.tsx'
import { Sheet } from '../../components/page.tsx'
import { useFormat } from '../../components/use-format.ts'

/** What the application rests on, as the clerk entered it: the service contract, or the project. */
export function ContractFacts({ application }: { application: Answer<'readApplication'> }): ReactElement {
  return application.asks.project ? (
    <ProjectFacts application={application} />
  ) : (
    <ServiceContract application={application} />
  )
}

function ProjectFacts({ application }: { application: Answer<'readApplication'> }): ReactElement {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  const { project = {} } = application.draft
  const { title, plan, startsOn, endsOn, budgetFen, items } = project
  return (
    <Sheet title={t('project')}>
      <Facts
        facts={[
          { id: 'title', label: t('field.project.title'), value: title },
          {
            id: 'term',
            label: t('project.term'),
            value:
              startsOn && endsOn ? t('contract.days', { from: day(startsOn), to: day(endsOn) }) : undefined,
          },
          {
            id: 'budget',
            label: t('field.project.budgetFen'),
            value: budgetFen === undefined ? undefined : <Money fen={budgetFen} form="ledger" />,
          },
          { id: 'items', label: t('field.project.items'), value: items },
        ]}
      />
      <p className="sheet-body">{plan}</p>
    </Sheet>
  )
}

function ServiceContract({ application }: { application: Answer<'readApplication'> }): ReactElement {
  const { t } = useTranslation('application')
  const { day } = useFormat()
  const { contract } = application.draft
  const providers = useAnswer('listProviders').items
  const provider = providers.find(({ id }) => id === contract.providerId)
  const money = (fen: string | undefined): ReactElement | undefined =>
    fen === undefined ? undefined : <Money fen={fen} form="ledger" />
  const facts: Fact[] = [
    { id: 'number', label: t('field.contract.number'), value: contract.number },
    application.asks.counterparty === 'buyerCode'
      ? { id: 'buyer', label: t('field.contract.buyerCode'), value: contract.buyerCode }
      : { id: 'provider', label: t('field.contract.providerId'), value: provider?.name },
    { id: 'signed', label: t('field.contract.signedOn'), value: contract.signedOn && day(contract.signedOn) },
    {
      id: 'term',
      label: t('contract.term'),
      value:
        contract.startsOn && contract.endsOn
          ? t('contract.days', { from: day(contract.startsOn), to: day(contract.endsOn) })
          : undefined,
    },
    { id: 'amount', label: t('field.contract.amountFen'), value: money(contract.amountFen) },
    { id: 'excluded', label: t('field.contract.excludedFen'), value: money(contract.excludedFen) },
    ...(contract.prices ?? []).map((price) => ({
      id: price.chip,
      label: t('contract.price', { chip: price.chip }),
      value: money(price.priceFenPerCardHour),
    })),
  ]
  return (
    <Sheet title={t('contract')} aside={t('contract.unit')}>
      <Facts facts={facts} />
    </Sheet>
  )
}
