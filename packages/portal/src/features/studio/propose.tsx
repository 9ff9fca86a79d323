// Proposing a text for the library: each rule that favours some gets its ground and reason, each planted fault that no case
// notices a reason where too many are left; somebody else then signs.
import { competitionGroundNames } from '@suanquan/api'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Input } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Note } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SelectField, TextField } from '../../components/field.tsx'
import { useSay } from '../../components/use-say.ts'
import type { Looked } from './look.ts'
import type { Studio } from './use-studio.ts'

type Body = NonNullable<Input<'proposeProgramme'>['body']>
type Exception = NonNullable<Body['exceptions']>[number]
type Finding = NonNullable<Looked['programme']>['competition'][number]

/** Of planted faults, in hundredths of a per cent, that cases must notice before reasons are asked for. */
const ENOUGH = 9_500

const keyOf = ({ path, kind }: Finding): string => `${path}.${kind}`

export function Propose({ studio }: { studio: Studio }): ReactElement {
  const { t } = useTranslation('author')
  const propose = useAct('proposeProgramme')
  const [stated, setStated] = useState<Readonly<Record<string, Partial<Exception>>>>({})
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const { looked, texts, scored } = studio
  const programme = looked?.programme ?? null
  const findings = programme?.competition ?? []
  const asked = typeof scored === 'object' && scored !== null && scored.basisPoints < ENOUGH
  const survivors = asked ? scored.survivors : []
  const exceptions = findings.flatMap((finding): Exception[] => {
    const { ground, reason = '' } = stated[keyOf(finding)] ?? {}
    return ground === undefined || reason.trim().length < 4 ? [] : [{ key: keyOf(finding), ground, reason }]
  })
  const told = survivors.flatMap((mutant) => {
    const reason = reasons[mutant]?.trim() ?? ''
    return reason.length < 4 ? [] : [{ mutant, reason }]
  })
  const holds =
    programme !== null &&
    looked!.problems.every(({ severity }) => severity !== 'error') &&
    programme.cases.length > 0 &&
    programme.cases.every(({ passed }) => passed) &&
    exceptions.length === findings.length &&
    told.length === survivors.length
  const body = {
    text: texts.programme,
    casesText: texts.cases.trim() === '' ? null : texts.cases,
    exceptions,
    survivors: told,
  }
  return (
    <div className="sheet-body stack">
      {findings.map((finding) => (
        <StateException
          key={keyOf(finding)}
          finding={finding}
          stated={stated[keyOf(finding)] ?? {}}
          onChange={(each) => setStated({ ...stated, [keyOf(finding)]: each })}
        />
      ))}
      {survivors.map((mutant) => (
        <TextField
          key={mutant}
          label={t('propose.survivor', { mutant })}
          help={t('propose.survivor.help')}
          value={reasons[mutant] ?? ''}
          onChange={(reason) => setReasons({ ...reasons, [mutant]: reason })}
          maxLength={600}
        />
      ))}
      <div className="row-of">
        <button
          type="button"
          className="button"
          disabled={!holds || propose.isPending}
          onClick={() => propose.mutate({ body })}
        >
          {t('propose')}
        </button>
        <span className="quiet small">{t('propose.why')}</span>
      </div>
      {propose.data !== undefined && <Proposed id={propose.data.id} />}
      <ErrorNote error={propose.error} />
    </div>
  )
}

function Proposed({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('author')
  return (
    <Note tone="done">
      {t('propose.done')}{' '}
      <Link to="/author/proposals/$id" params={{ id }}>
        {t('propose.see')}
      </Link>
    </Note>
  )
}

interface StateExceptionProps {
  readonly finding: Finding
  readonly stated: Partial<Exception>
  readonly onChange: (stated: Partial<Exception>) => void
}

function StateException({ finding, stated, onChange }: StateExceptionProps): ReactElement {
  const { t } = useTranslation('author')
  const say = useSay()
  const { kind, text, article } = finding
  const grounds = Object.entries(competitionGroundNames).map(([value, name]) => ({ value, label: say(name) }))
  return (
    <fieldset className="stack">
      <legend>
        {t(`competition.${kind}` as 'competition.local_only')}: {say(text)}{' '}
        <small className="quiet">{t('competition.article', { article })}</small>
      </legend>
      <SelectField
        label={t('competition.ground')}
        none={t('value.none')}
        value={stated.ground ?? ''}
        onChange={(ground) => onChange({ ...stated, ground: ground as Exception['ground'] })}
        choices={grounds}
      />
      <TextField
        label={t('competition.reason')}
        help={t('competition.reason.help')}
        value={stated.reason ?? ''}
        onChange={(reason) => onChange({ ...stated, reason })}
        maxLength={600}
      />
    </fieldset>
  )
}
