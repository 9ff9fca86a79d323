// A measure on its way into the library: proposed by its author with what the checks asked of it, published when another
// person has signed that very text. And what an adoption says of rules that favour some.
import { z } from 'zod'
import { route } from '../route.ts'
import { bilingual, casesText, hashText, programmeText } from './programme.ts'
import { dayText, idParams, idText, instantText, plainText } from '../wire.ts'

const ground = z.enum(['security', 'innovation', 'public_interest', 'by_law'])

const favouring = z.object({
  /** the rule's dotted path and what it does */
  key: z.string(),
  kind: z.enum(['local_only', 'local_terms', 'named_provider', 'named_platform', 'closed_list', 'origin']),
  article: z.number().int(),
  text: bilingual,
  clause: z.string().nullable(),
  ground,
  reason: z.string(),
})

const proposalRow = z
  .object({
    id: idText,
    programmeId: z.string(),
    programmeVersion: z.string(),
    programmeHash: hashText,
    title: bilingual,
    state: z.enum(['proposed', 'published', 'withdrawn']),
    proposedBy: z.string(),
    proposedAt: instantText,
    signedBy: z.string().nullable(),
    signedAt: instantText.nullable(),
    /** the signed-in person proposed it, so somebody else signs */
    mine: z.boolean(),
  })
  .meta({ id: 'ProgrammeProposalRow' })

const proposal = proposalRow
  .extend({
    /** of everything that a signature covers */
    contentHash: hashText,
    text: z.string(),
    casesText: z.string(),
    cases: z.number().int(),
    mutants: z.number().int(),
    scoreBasisPoints: z.number().int(),
    survivors: z.array(z.object({ mutant: z.string(), reason: z.string().nullable() })),
    exceptions: z.array(favouring),
  })
  .meta({ id: 'ProgrammeProposal' })

export const programmeProposalRoutes = {
  proposeProgramme: route('POST /api/programme-proposals', {
    summary: { zh: '提交政策文件入库', en: 'propose a programme for the library' },
    access: 'programme.store',
    body: z.object({
      text: programmeText,
      casesText,
      /** one for each rule that favours some */
      exceptions: z
        .array(z.object({ key: z.string().max(300), ground, reason: plainText(600, 4) }))
        .max(200)
        .default([]),
      /** why a planted fault may pass unnoticed, where fewer than 95 % are noticed */
      survivors: z
        .array(z.object({ mutant: z.string().max(600), reason: plainText(600, 4) }))
        .max(500)
        .default([]),
    }),
    answer: proposal,
    refusals: [
      'adoption.programme_invalid',
      'programme.version_taken',
      'programme.published',
      'programme.cases_missing',
      'programme.cases_failed',
      'programme.faults_unnoticed',
      'programme.competition_unexplained',
      'programme.proposed_by_another',
    ],
  }),
  listProgrammeProposals: route('GET /api/programme-proposals', {
    summary: { zh: '入库提议', en: 'programmes proposed for the library' },
    access: 'programme.read',
    answer: z.object({ items: z.array(proposalRow) }),
  }),
  readProgrammeProposal: route('GET /api/programme-proposals/:id', {
    summary: { zh: '入库提议：全文、案例与说明', en: 'one proposal: text, cases and what it states' },
    access: 'programme.read',
    params: idParams,
    answer: proposal,
  }),
  signProgrammeProposal: route('POST /api/programme-proposals/:id/signature', {
    summary: { zh: '第二人签署，列入政策库', en: 'sign as the second person: it is in the library' },
    access: 'programme.sign',
    params: idParams,
    body: z.object({
      /** of what the signer has read */
      contentHash: hashText,
    }),
    answer: z.object({ hash: hashText }),
    refusals: [
      'programme.proposal_closed',
      'programme.proposal_changed',
      'programme.own_proposal',
      'programme.version_taken',
    ],
  }),
  withdrawProgrammeProposal: route('POST /api/programme-proposals/:id/withdrawal', {
    summary: { zh: '撤回入库提议', en: 'withdraw a proposal' },
    access: 'programme.store',
    params: idParams,
    answer: z.object({ done: z.literal(true) }),
    refusals: ['programme.proposal_closed', 'programme.others_proposal'],
  }),
  readCompetition: route('GET /api/adoptions/:id/competition', {
    summary: { zh: '公平竞争审查：规则与例外', en: 'fair competition: the rules and why they stand' },
    access: 'public',
    params: idParams,
    answer: z.object({
      decidedOn: dayText,
      items: z.array(
        favouring.extend({
          /** null where the adoption was made before a ground was asked for */
          ground: ground.nullable(),
          reason: z.string().nullable(),
          signedBy: z.string().nullable(),
        }),
      ),
    }),
  }),
} as const
