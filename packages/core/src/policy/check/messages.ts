// Texts with placeholders: `{applicant.region}` is a fact, `{p.rate}` a parameter; both must exist.
import { PLACEHOLDER } from '../message.ts'
import type { Text } from '../programme.ts'
import { locate, type Path } from '../shaped.ts'
import { complain, type Context } from './context.ts'
import { reportNear } from '../diagnostic.ts'

export function checkText(context: Context, path: Path, text: Text): Text {
  for (const language of ['zh', 'en'] as const) {
    for (const match of text[language].matchAll(PLACEHOLDER)) {
      const name = match[1]!
      const { facts, parameters } = context.names
      const known = [...Object.keys(facts.facts), ...[...parameters.keys()].map((item) => `p.${item}`)]
      if (known.includes(name)) continue
      const finding = { code: 'policy.message_unknown_fact', params: { name }, written: name, known }
      const tree = locate(context.tree, [...path, language])
      if (tree?.kind === 'scalar') reportNear(context.into, tree.placeOf(match.index), finding)
      else complain(context, path, finding)
    }
  }
  return text
}
