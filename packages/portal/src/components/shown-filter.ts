// The filter of the page in view, in the words that stand on it: what is searched for, which tab is pressed, what is
// chosen. Read from the page itself, so that a file says what its reader saw whatever the page's filter is made of.
export interface FilterPart {
  readonly label: string
  readonly value: string
}

export function shownFilter(page: ParentNode): FilterPart[] {
  const fields = [
    ...page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('.filters input, .filters select'),
  ]
  const tabs = [...page.querySelectorAll<HTMLElement>('.tabs')]
  return [
    ...fields.map((field) => ({ label: labelOf(field), value: chosenOf(field) })),
    ...tabs.map((group) => ({
      label: group.getAttribute('aria-label') ?? '',
      value: group.querySelector('[aria-pressed=true]')?.textContent?.trim() ?? '',
    })),
  ].filter(({ value }) => value !== '')
}

function labelOf(field: HTMLInputElement | HTMLSelectElement): string {
  return field.labels?.[0]?.textContent?.trim() ?? field.getAttribute('aria-label') ?? field.name
}

function chosenOf(field: HTMLInputElement | HTMLSelectElement): string {
  if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.textContent?.trim() ?? ''
  return field.type === 'checkbox' ? (field.checked ? '✓' : '') : field.value.trim()
}
