// The permission table cell by cell. What is expected is written out here a second time, by hand: a change of the
// table is a change of this page too.
import { describe, expect, test } from 'vitest'
import {
  actions,
  permits,
  roles,
  roleWhereApart,
  scopeOf,
  type Action,
  type Grant,
  type Target,
} from './permissions.ts'
import { routes, type RouteName } from './routes/index.ts'

const EXPECTED = `
                                    clerk  reviewer  expert  inspector  finance  provider  auditor  policy_author  administrator  system  security  audit
  session.read                      own    own       own     own        own      own       own      own            own            own     own       own
  view.keep                         own    own       own     own        own      own       own      own            own            own     own       own
  search.run                        own    district  -       -          all      own       all      -              -              -       -         -
  person.create                     -      -         -       -          -        -         -        -              all            all     -         -
  person.list                       -      -         -       -          -        -         all      -              all            all     all       -
  role.grant                        -      -         -       -          -        -         -        -              all            -       all       -
  administrators.separate           -      -         -       -          -        -         -        -              all            -       -         -
  leave.announce                    own    -         -       -          -        own       -        -              -              -       -         -
  site.change                       -      -         -       -          -        -         -        -              all            all     -         -
  system.read                       -      -         -       -          -        -         -        -              all            all     -         -
  conflict.declare                  -      district  -       -          -        -         -        -              -              -       -         -
  conflict.read                     -      own       -       -          -        -         all      -              -              -       -         -
  expert_review.open                -      district  -       -          -        -         -        -              -              -       -         -
  expert_review.read                -      district  invited  -          -        -         all      -              -              -       -         -
  expert_review.judge               -      -         invited  -          -        -         -        -              -              -       -         -
  engagement.propose                -      district  -       -          -        -         -        -              -              -       -         -
  engagement.decide                 -      district  -       -          -        -         -        -              -              -       -         -
  engagement.read                   -      all       -       own        all      -         all      -              -              -       -         -
  engagement.declare                -      -         -       own        -        -         -        -              -              -       -         -
  inspection.assign                 -      district  -       -          -        -         -        -              -              -       -         -
  inspection.read                   -      district  -       invited    all      -         all      -              -              -       -         -
  inspection.report                 -      -         -       invited    -        -         -        -              -              -       -         -
  organisation.import               -      -         -       -          -        -         -        -              all            all     -         -
  organisation.read                 own    district  -       -          all      own       all      -              -              -       -         -
  organisation.confirm_credit_code  -      district  -       -          -        -         -        -              -              -       -         -
  programme.read                    -      -         -       -          -        -         all      all            -              -       -         -
  programme.impact                  -      -         -       -          all      -         all      all            -              -       -         -
  programme.store                   -      -         -       -          -        -         -        all            -              -       -         -
  programme.sign                    -      -         -       -          -        -         -        all            -              -       -         -
  adoption.create                   -      -         -       -          -        -         -        all            -              -       -         -
  adoption.draft                    -      -         -       -          -        -         -        all            -              -       -         -
  adoption.sign                     -      -         -       -          -        -         -        all            -              -       -         -
  appropriation.propose             -      -         -       -          all      -         -        -              -              -       -         -
  appropriation.approve             -      -         -       -          all      -         -        -              -              -       -         -
  appropriation.list                -      -         -       -          all      -         all      -              -              -       -         -
  allotment.open                    -      -         -       -          all      -         -        -              -              -       -         -
  pool_move.propose                 -      -         -       -          all      -         -        -              -              -       -         -
  pool_move.decide                  -      -         -       -          all      -         -        -              -              -       -         -
  capacity.state                    -      district  -       -          -        own       -        -              -              -       -         -
  capacity.read                     -      district  -       -          all      own       all      -              -              -       -         -
  round.open                        -      -         -       -          all      -         -        -              -              -       -         -
  round.decide                      -      -         -       -          all      -         -        -              -              -       -         -
  pool_move.list                    -      -         -       -          all      -         all      -              -              -       -         -
  fund.list                         -      -         -       -          all      -         all      all            -              -       -         -
  fund.read                         -      -         -       -          all      -         all      -              -              -       -         -
  fund_act.propose                  -      -         -       -          all      -         -        -              -              -       -         -
  fund_act.decide                   -      -         -       -          all      -         -        -              -              -       -         -
  imprest.read                      -      -         -       -          all      own       all      -              -              -       -         -
  year_close.propose                -      -         -       -          all      -         -        -              -              -       -         -
  year_close.decide                 -      -         -       -          all      -         -        -              -              -       -         -
  take_over.prepare                 -      -         -       -          all      -         -        -              -              -       -         -
  take_over.confirm                 -      -         -       -          all      -         -        -              -              -       -         -
  take_over.read                    -      -         -       -          all      -         all      -              -              -       -         -
  application.draft                 own    -         -       -          -        own       -        -              -              -       -         -
  application.submit                own    -         -       -          -        own       -        -              -              -       -         -
  application.withdraw              own    -         -       -          -        own       -        -              -              -       -         -
  application.read                  own    district  -       -          all      own       all      -              -              -       -         -
  application.decide                -      district  -       -          -        -         -        -              -              -       -         -
  sweep.make                        -      all       -       -          -        -         -        -              -              -       -         -
  sweep.look                        -      district  -       -          -        -         all      -              -              -       -         -
  sweep.read                        -      all       -       -          -        -         all      -              -              -       -         -
  offer.answer                      own    -         -       -          -        -         -        -              -              -       -         -
  application.examine               -      district  -       -          all      -         -        -              -              -       -         -
  delegation.make                   -      own       -       -          -        -         -        -              -              -       -         -
  delegation.list                   -      district  -       -          -        -         all      -              all            all     -         -
  appeal.file                       own    -         -       -          -        -         -        -              -              -       -         -
  appeal.read                       own    district  -       -          all      -         all      -              -              -       -         -
  appeal.decide                     -      district  -       -          -        -         -        -              -              -       -         -
  objection.explain                 own    -         -       -          -        -         -        -              -              -       -         -
  overdue.read                      -      district  -       -          all      -         all      -              -              -       -         -
  attachment.upload                 own    -         -       own        -        own       -        -              -              -       -         -
  attachment.read                   own    district  invited invited     all      own       all      -              -              -       -         -
  notice.publish                    -      district  -       -          -        -         -        -              -              -       -         -
  project.select                    -      district  -       -          -        -         -        -              -              -       -         -
  selection.read                    -      all       -       -          -        -         all      -              -              -       -         -
  project.read                      own    district  -       -          all      -         all      -              -              -       -         -
  project.act                       own    -         -       -          -        -         -        -              -              -       -         -
  project.decide                    -      district  -       -          -        -         -        -              -              -       -         -
  objection.list                    -      district  -       -          -        -         all      -              -              -       -         -
  objection.answer                  -      district  -       -          -        -         -        -              -              -       -         -
  appraisal.make                    own    -         -       -          -        -         -        -              -              -       -         -
  appraisal.list                    -      district  -       -          -        -         all      -              all            all     -         -
  appraisal.reply                   -      district  -       -          -        -         -        -              all            all     -         -
  inquiry.list                      -      all       -       -          -        -         all      -              all            all     -         -
  inquiry.answer                    -      all       -       -          -        -         -        -              all            all     -         -
  voucher.read                      own    district  -       -          all      -         all      -              -              -       -         -
  credential.make                   own    -         -       -          -        -         -        -              -              -       -         -
  credential.revoke                 own    -         -       -          -        -         -        -              -              -       -         -
  credential.read                   own    district  -       -          -        -         all      -              -              -       -         -
  contract.state                    -      -         -       -          -        own       -        -              -              -       -         -
  offer.publish                     -      -         -       -          -        own       -        -              -              -       -         -
  trade_paper.register              own    -         -       -          -        own       -        -              -              -       -         -
  trade_paper.read                  own    district  -       -          all      own       all      -              -              -       -         -
  trade_paper.verify                -      district  -       -          all      -         -        -              -              -       -         -
  trade_paper.import_answers        -      -         -       -          all      -         -        -              -              -       -         -
  upstream_contract.read            -      district  -       -          all      own       all      -              -              -       -         -
  usage.import                      -      -         -       -          -        own       -        -              all            all     -         -
  usage.close                       -      -         -       -          all      own       -        -              -              -       -         -
  usage_alert.settle                -      district  -       -          all      -         -        -              -              -       -         -
  usage.read                        own    district  -       -          all      own       all      -              all            all     -         -
  usage.ask_raw                     -      district  -       -          -        -         all      -              -              -       -         -
  claim.submit                      own    -         -       -          -        -         -        -              -              -       -         -
  claim.withdraw                    own    -         -       -          -        -         -        -              -              -       -         -
  claim.read                        own    district  -       -          all      own       all      -              -              -       -         -
  claim.decide                      -      district  -       -          -        -         -        -              -              -       -         -
  claim.rectify                     -      district  -       -          -        -         -        -              -              -       -         -
  clawback.propose                  -      district  -       -          -        -         -        -              -              -       -         -
  clawback.decide                   -      district  -       -          -        -         -        -              -              -       -         -
  clawback.read                     own    district  -       -          all      own       all      -              -              -       -         -
  clawback.answer                   own    -         -       -          -        own       -        -              -              -       -         -
  clawback.collect                  -      -         -       -          all      -         -        -              -              -       -         -
  dispute.open                      own    district  -       -          -        own       -        -              -              -       -         -
  dispute.read                      own    district  -       -          all      own       all      -              -              -       -         -
  dispute.answer                    own    -         -       -          -        own       -        -              -              -       -         -
  dispute.decide                    -      district  -       -          -        -         -        -              -              -       -         -
  deduction.make                    -      -         -       -          -        own       -        -              -              -       -         -
  disbursement.prepare              -      -         -       -          all      -         -        -              -              -       -         -
  disbursement.approve              -      -         -       -          all      -         -        -              -              -       -         -
  disbursement.confirm              -      -         -       -          all      -         -        -              -              -       -         -
  disbursement.read                 -      -         -       -          all      -         all      -              -              -       -         -
  pool.read                         -      all       -       -          all      -         all      -              -              -       -         -
  ledger.read                       -      -         -       -          all      -         all      -              -              -       -         -
  ledger.verify                     -      -         -       -          all      -         all      -              -              -       -         -
  stamp.propose                     -      -         -       -          -        -         -        -              all            all     -         -
  stamp.sign                        -      -         -       -          -        -         -        all            all            -       all       -
  stamp.read                        -      -         -       -          -        -         all      all            all            all     all       -
  personal.unmask                   -      district  -       -          all      -         all      -              -              -       -         -
  archive.read                      -      district  -       -          all      -         all      -              -              -       -         all
  archive.hold                      -      -         -       -          -        -         all      -              -              -       -         -
  archive.dispose                   -      district  -       -          -        -         -        -              -              -       -         -
  audit.read                        -      -         -       -          -        -         all      -              -              -       -         all
  message.read                      own    own       own     own        own      own       own      own            own            own     own       own
  message.set                       own    own       own     own        own      own       own      own            own            own     own       own
  receipt.read                      -      district  -       -          -        -         all      -              -              -       -         -
  delivery.read                     -      -         -       -          -        -         -        -              all            all     -         -
  delivery.retry                    -      -         -       -          -        -         -        -              all            all     -         -
`

const [head = [], ...rows] = EXPECTED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

/** Routes that anybody may call, each for a reason. */
const PUBLIC: Partial<Record<RouteName, string>> = {
  feedUsage: 'a machine has no session: the batch is signed by a key that its provider enrolled',
  takeUsageEvents: 'a machine has no session: every event is signed by a key that its provider enrolled',
  answerRawRequest: 'a machine has no session: the answer is signed by the key of the feed that was asked',
  openSetup: 'guarded by the token that the server prints once',
  signIn: 'opens a session',
  enrol: 'guarded by the enrolment code',
  listProviders: 'firms choose from it; legal persons only',
  listAdoptions: 'programmes are public',
  readAdoption: 'programmes are public',
  checkCredential: 'whoever holds a paper may ask whether it still holds; its signature is asked for',
  listNotices: 'a public notice',
  readNotice: 'a public notice',
  readNoticeDocument: 'the same as a paper: what a notice says is public',
  exportTable:
    'gives back, as a file, only what its caller sends: the table of the page that the caller already reads',
  listRounds: 'numbers that name nobody, so that anybody can replay them',
  readRound: 'numbers that name nobody, so that anybody can replay them',
  fileObjection: 'anybody may object',
  readCompetition: 'why rules that favour some stand is read by everybody',
  readOwnChecks: 'programmes are public',
  readAllOwnChecks: 'published measures of all places',
  listMeasures: 'published measures of any place',
  readMeasure: 'published measures of any place',
  compareMeasures: 'published measures of any place',
  readBurnDown: 'what is left is public, week by week',
  searchPublic: 'searches public pages only',
  readTotals: 'open data, small groups left out',
  downloadTotals: 'open data, small groups left out',
  readUsageTotals: 'open data, small groups left out',
  downloadUsageTotals: 'open data, small groups left out',
  listCatalogue: 'providers and devices; prices of three firms or more',
  readAppraisalSummary: 'numbers only',
  fileInquiry: 'anybody may ask or complain',
  readInquiry: 'guarded by number and telephone',
  readProgress: 'guarded by number and credit code',
  listKeys: 'public keys are for everybody who verifies',
  listTreeHeads: 'hashes and counts; nobody is named',
  listSeals: 'hashes and counts; nobody is named',
  readConsistency: 'hashes only',
  readInclusion: 'hashes only: what a posting says is not in it',
  readSite: 'name and contact of the site',
  readHealth: 'for whoever watches the server',
}

describe('the permission table', () => {
  test('has exactly the roles and actions written here', () => {
    const short = roles.map((role) => role.replace(/^(system|security|audit)_administrator$/, '$1'))
    expect(short).toEqual(head)
    expect(rows.map(([action]) => action)).toEqual([...actions])
  })

  test.each(rows)('%s', (action, ...cells) => {
    const found = roles.map((role) => scopeOf(action as Action, role) ?? '-')
    expect(found).toEqual(cells)
  })
})

describe('a scope covers what it says and nothing else', () => {
  const here = { jurisdiction: '990100', district: '990101', organisationIds: ['firm'] }
  const cells = rows.flatMap(([action, ...scopes]) =>
    scopes.map((scope, index) => ({ action: action as Action, role: roles[index]!, scope })),
  )

  test.each(cells)('$role, $action: $scope', ({ action, role, scope }) => {
    const may = (grant: Partial<Grant>, target: Target = here): boolean =>
      permits(
        action,
        [{ role, jurisdiction: '990100', district: null, organisationId: null, ...grant }],
        target,
      )
    expect({
      ofTheFirm: may({ organisationId: 'firm' }),
      ofAnotherFirm: may({ organisationId: 'other' }),
      ofNoFirm: may({}),
      ofTheDistrict: may({ district: '990101' }),
      ofAnotherDistrict: may({ district: '990102' }),
      ofAnotherCity: may({ jurisdiction: '990200', organisationId: 'firm' }),
      asInvited: may({}, { ...here, invited: true }),
    }).toEqual({
      ofTheFirm: scope !== '-' && scope !== 'invited',
      ofAnotherFirm: scope === 'district' || scope === 'all',
      ofNoFirm: scope === 'district' || scope === 'all',
      ofTheDistrict: scope === 'district' || scope === 'all',
      ofAnotherDistrict: scope === 'all',
      ofAnotherCity: false,
      asInvited: scope === 'district' || scope === 'all' || scope === 'invited',
    })
  })

  test('without a grant nothing is allowed', () => {
    expect(actions.filter((action) => permits(action, []))).toEqual([])
  })
})

describe('three administrators kept apart', () => {
  const acts = { system: 'person.create', security: 'role.grant', audit: 'audit.read' } as const

  test.each(Object.entries(acts))('only the %s administrator may %s', (own, action) => {
    const may = (['system', 'security', 'audit'] as const).filter(
      (name) => scopeOf(action, `${name}_administrator`) !== undefined,
    )
    expect(may).toEqual([own])
  })

  test('an administrator then counts as a system administrator, everybody else as before', () => {
    const changed = roles.filter((role) => roleWhereApart(role) !== role)
    expect(changed).toEqual(['administrator'])
    expect(roleWhereApart('administrator')).toBe('system_administrator')
  })
})

test('every route has its row of the table, or is public for a reason', () => {
  for (const [name, { access }] of Object.entries(routes)) {
    if (access === 'public') expect(PUBLIC).toHaveProperty(name)
    else expect(actions).toContain(access)
  }
  const unused = Object.keys(PUBLIC).filter((name) => routes[name as RouteName].access !== 'public')
  expect(unused).toEqual([])
})

test('every action of the table is used by a route', () => {
  const used = new Set<string>(Object.values(routes).map(({ access }) => access))
  expect(actions.filter((action) => !used.has(action))).toEqual([])
})
