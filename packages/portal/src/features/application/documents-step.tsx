import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../client/call.ts'
import { useAct } from '../../client/queries.ts'
import { Sheet } from '../../components/page.tsx'
import { Upload } from '../../components/upload.tsx'
import { ACCEPTED } from './accepted.ts'
import { useRemark } from './remark.ts'
import type { Application, DraftForm } from './use-draft.ts'

type Kind = Application['asks']['documents'][number]['kind']

interface StepProps {
  readonly application: Application
  readonly form: DraftForm
}

/** The files of an application, one slot a kind; several files may share a slot. */
export function DocumentsStep({ application, form }: StepProps): ReactElement {
  const { t } = useTranslation(['application', 'words'])
  const act = useAct('uploadAttachment')
  const remark = useRemark(application)
  const { documents } = form.draft
  function filesOf(kind: string): { id: string; fileName: string; sizeBytes: number; href: string }[] {
    return documents
      .filter((document) => document.kind === kind)
      .map(({ attachmentId }) => {
        const file = application.attachments.find(({ id }) => id === attachmentId)
        return {
          id: attachmentId,
          fileName: file?.fileName ?? t('documents.just_uploaded'),
          sizeBytes: file?.sizeBytes ?? 0,
          href: addressOf('readAttachment', { params: { id: attachmentId } }),
        }
      })
  }
  async function send(kind: Kind, file: File, onProgress: (share: number) => void): Promise<void> {
    const query = { kind, organisationId: application.organisationId }
    const attachment = await act.mutateAsync({ query, file, onProgress })
    form.change({ ...form.draft, documents: [...documents, { kind, attachmentId: attachment.id }] })
  }
  return (
    <Sheet title={t('documents')} aside={t('documents.accepted')}>
      <div className="sheet-body upload-list">
        {application.asks.documents.map(({ kind, required }) => (
          <fieldset key={kind} disabled={remark(`documents.${kind}`).disabled}>
            <Upload
              label={
                required
                  ? t(`words:document.${kind}`)
                  : t('documents.optional', { name: t(`words:document.${kind}`) })
              }
              accept={ACCEPTED}
              files={filesOf(kind)}
              send={(file, onProgress) => send(kind, file, onProgress)}
              onRemove={(id) =>
                form.change({
                  ...form.draft,
                  documents: documents.filter(({ attachmentId }) => attachmentId !== id),
                })
              }
            />
            {remark(`documents.${kind}`).error !== undefined && (
              <p className="remark">{remark(`documents.${kind}`).error}</p>
            )}
          </fieldset>
        ))}
      </div>
    </Sheet>
  )
}
