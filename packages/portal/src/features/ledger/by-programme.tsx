// One programme's money at a time: the first one, or the one that the address names.
import type { ReactElement, ReactNode } from 'react'
import { useAnswer } from '../../client/queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateTabs, useListFilter } from '../../components/list-filter.tsx'
import { Page, Sheet } from '../../components/page.tsx'
import { useSay } from '../../components/use-say.ts'

interface ByProgrammeProps {
  readonly label: string
  /** what stands where no programme is in force */
  readonly none: { readonly title: string; readonly sheet: string; readonly text: string }
  readonly children: (adoptionId: string) => ReactNode
}

export function ByProgramme({ label, none, children }: ByProgrammeProps): ReactElement {
  const text = useSay()
  const [filter] = useListFilter()
  const adoptions = useAnswer('listAdoptions').items
  const chosen = adoptions.find(({ id }) => id === filter.state) ?? adoptions[0]
  if (chosen === undefined)
    return (
      <Page title={none.title}>
        <Sheet title={none.sheet}>
          <EmptyState>{none.text}</EmptyState>
        </Sheet>
      </Page>
    )
  return (
    <>
      {adoptions.length > 1 && (
        <StateTabs
          label={label}
          choices={adoptions.map(({ id, title }, index) => ({
            value: index === 0 ? '' : id,
            label: text(title),
          }))}
        />
      )}
      {children(chosen.id)}
    </>
  )
}
