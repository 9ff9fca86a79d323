// Another version of a measure of the library, with the cases that prove it.
import type { BodyOf, Client, Routes } from '@suanquan/api'
import { must } from './test-city.ts'

/** @param change of the programme's text beside its version */
export async function otherVersion(
  reader: Client,
  id: string,
  version: string,
  change: (text: string) => string = (text) => text,
): Promise<Pick<BodyOf<Routes['proposeProgramme']>, 'text'> & { readonly casesText: string }> {
  const { hash } = must(await reader.listProgrammes({})).items.find((row) => row.id === id)!
  const { text, casesText, version: from } = must(await reader.readProgramme({ params: { hash } }))
  return {
    text: change(text.replace(`version: '${from}'`, `version: '${version}'`)),
    casesText: casesText!.replace(`@${from}`, `@${version}`),
  }
}
