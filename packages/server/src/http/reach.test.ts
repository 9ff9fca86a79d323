// Every route, role and place: what a request may reach is what the permission table says, over real sessions. Generated
// from the route table, so that a new route is covered on the day it is written.
//
// One rule for all: who has no role for an act is refused (403) before anything is looked up; who has one is told of an
// object outside the role's scope the same as of one that does not exist (404). The trail keeps which of the two it was.
import { permits, routes, scopeOf, writeOpenApi, type Route, type RouteName } from '@suanquan/api'
import { seededRandom } from '@suanquan/core'
import {
  digestOf,
  enrolActors,
  enrolled,
  furnishedCity,
  holdersOf,
  JURISDICTION,
  must,
  operationsOf,
  rawCall,
  rawSession,
  thingsNamed,
  wholeRequest,
  type Actor,
  type RawAnswer,
  type Schema,
} from '@suanquan/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { connect, sql } from '../index.ts'

/** Sessions are not seen anew however long this takes. */
const wallClock = Date.now()
const { city, ids } = await furnishedCity({ wallClock: () => wallClock })
const { firm, provider } = city
const holders = await holdersOf(city.store)
const actors = await enrolActors(city)
const nobody = rawCall(city.server.url)
afterAll(() => city.stop())

const document = writeOpenApi('0')
const { schemas } = document['components'] as { schemas: Readonly<Record<string, Schema>> }
const guarded = operationsOf(document)
  .map((operation) => ({ ...operation, name: operation.name as RouteName }))
  .filter(({ name }) => routes[name].access !== 'public')

type Operation = (typeof guarded)[number]

const INVENTED = '01890000-0000-7000-8000-000000000000'

/** Where a schema leaves open what belongs together. */
const TOGETHER: Partial<Record<RouteName, object>> = {
  assignInspection: { about: 'application', task: 'site' },
  declareConflict: { about: 'organisation' },
  decideApplications: { act: { decision: 'refuse', items: [{ id: ids['application_id'], findings: {} }] } },
  decideClaims: { act: { decision: 'refuse', items: [{ id: ids['claim_id'] }] } },
  keepView: { page: '/applications' },
  proposeEngagement: { district: null },
  unmask: { about: 'organisation' },
  // Without roles: granting them is another act.
  createPerson: { grants: [] },
}

/** What the plain ids of a bulk act stand for: it answers case by case. */
const LISTED: Partial<Record<RouteName, string>> = {
  decideApplications: 'application_id',
  decideClaims: 'claim_id',
}

/** Routes that are asked of a draft rather than of an application on its way. */
function isOfDraft(path: string): boolean {
  return path.endsWith('/draft') || path.endsWith('/submission')
}

/** A request about the first firm's things, or the provider's where a provider acts as one; or about invented ones, of adoptions in force. */
function requestOf(operation: Operation, role: string, invented = false): { call: string; body?: unknown } {
  const own = operation.upload ? { organisation_id: ownersOf(operation, role)[0]! } : {}
  const ofCase = ['makeAppraisal', 'assignInspection'].includes(operation.name)
  const appraised = ofCase ? { object_id: ids['application_id']! } : {}
  const listed = LISTED[operation.name]
  const kinds = {
    ...ids,
    ...appraised,
    ...(listed === undefined ? {} : { id: ids[listed]! }),
    ...(isOfDraft(operation.path) ? { application_id: ids['draft_id']! } : {}),
    ...own,
  }
  const named = Object.fromEntries(
    Object.entries(kinds).map(([kind, id]) => [kind, invented && kind !== 'adoption_id' ? INVENTED : id]),
  )
  const source = { random: seededRandom(operation.name), schemas, things: thingsNamed(named) }
  const { method, path, body } = wholeRequest(operation, source)
  return {
    call: `${method} ${path}`,
    ...(body === undefined
      ? {}
      : { body: { ...(JSON.parse(String(body)) as object), ...TOGETHER[operation.name] } }),
  }
}

async function ask(actor: Actor, operation: Operation, invented = false): Promise<RawAnswer> {
  const { call, body } = requestOf(operation, actor.grant.role, invented)
  return rawCall(city.server.url, actor.cookie)(call, { body, headers: { 'x-file-name': 'a.pdf' } })
}

/** Whose things a request is about: use, claims and deductions are the provider's too. */
function ownersOf({ path, upload }: Operation, role: string): readonly string[] {
  if (role === 'inspector') return [ids['body_id']!]
  if (upload) return [role === 'provider' ? provider.id : firm.id]
  if (/\/providers\/|\/usage\/(feeds|periods|completeness)|\/api\/offers/.test(path)) return [provider.id]
  return /contracts|claims|deductions|disputes|imprests|usage-alerts/.test(path)
    ? [firm.id, provider.id]
    : [firm.id]
}

/** Things that belong to one person, and to nobody else in the same role. */
const OWN: Partial<Record<RouteName, string>> = {
  discardView: 'here-clerk',
  endDelegation: 'here-reviewer',
  readBulk: 'here-reviewer',
  readMessage: 'here-clerk',
  readUnmasked: 'here-reviewer',
}

function covers(actor: Actor, operation: Operation): boolean {
  const owner = OWN[operation.name]
  if (owner !== undefined) return actor.login === owner
  const access = (routes[operation.name] as Route).access as Exclude<Route['access'], 'public'>
  const organisationIds = ownersOf(operation, actor.grant.role)
  const invited = /(expert-reviews|inspections)\//.test(operation.path) && actor.stands === 'here'
  const target = { jurisdiction: JURISDICTION, district: '990101', organisationIds, invited }
  return permits(access, [actor.grant], target)
}

/** A role that has the act somewhere, at this site. */
function mayAtAll({ name }: Operation, { grant, stands }: Actor): boolean {
  return stands !== 'far' && scopeOf((routes[name] as Route).access as never, grant.role) !== undefined
}

/** Names a thing in its path or body: then it is the thing that decides, else the answer is the asker's own or a list. */
function namesThing(operation: Operation): boolean {
  const { path, upload } = operation
  return (
    path.includes('{') || upload || /Ids?":/.test(JSON.stringify(requestOf(operation, 'clerk').body ?? {}))
  )
}

describe('who may not, gets nothing, changes nothing and is written down', () => {
  test.each(guarded)('$name without a session', async (operation) => {
    const { call, body } = requestOf(operation, 'clerk')
    const { problem } = await nobody(call, { body })
    expect(problem).toMatchObject({ status: 401, code: 'session.none' })
    expect(await outcomesOf([problem.requestId!])).toMatchObject([{ outcome: 'session.none' }])
  })

  test('every route for every role that has not the act, and for every role of another jurisdiction', async () => {
    const cells = guarded.flatMap((operation) =>
      actors
        .filter((actor) => !mayAtAll(operation, actor))
        .filter(({ stands }) => stands === 'here' || stands === 'far')
        .map((actor) => ({ operation, actor })),
    )
    await refuses(cells, 'request.forbidden')
    expect(cells.length).toBeGreaterThan(1000)
  })

  test('every route for every role whose scope does not cover the thing, as if it were not there', async () => {
    const cells = guarded
      .filter(namesThing)
      .flatMap((operation) =>
        actors
          .filter((actor) => mayAtAll(operation, actor) && !covers(actor, operation))
          .map((actor) => ({ operation, actor })),
      )
    const answers = await refuses(cells, 'request.not_found')
    for (const [index, { operation, actor }] of cells.entries()) {
      const { code, message, params } = (await ask(actor, operation, true)).problem
      expect([operation.name, actor.login, { code, message, params }]).toEqual([
        operation.name,
        actor.login,
        answers[index],
      ])
    }
    expect(cells.length).toBeGreaterThan(40)
  })

  async function refuses(
    cells: readonly { readonly operation: Operation; readonly actor: Actor }[],
    code: string,
  ): Promise<readonly object[]> {
    const before = await digestOf(city.store)
    const wrong: string[] = []
    const answers: { code: string; message: object; params: object }[] = []
    const requestIds: string[] = []
    for (const { operation, actor } of cells) {
      const answer = await ask(actor, operation)
      if (answer.status < 400 || answer.problem.code !== code) {
        wrong.push(`${actor.login} ${operation.name}: ${answer.text.slice(0, 200)}`)
        continue
      }
      const { message, params, requestId } = answer.problem
      answers.push({ code, message, params })
      requestIds.push(requestId!)
    }
    expect(wrong).toEqual([])
    expect(await digestOf(city.store)).toBe(before)
    const trail = await outcomesOf(requestIds)
    expect(trail.filter(({ outcome }) => outcome !== 'request.forbidden')).toEqual([])
    expect(trail.length).toBe(cells.length)
    const ofPaths = trail.filter(({ action }) => routes[action as RouteName].path.includes(':id'))
    expect(ofPaths.filter(({ object_id: id }) => id === null)).toEqual([])
    return answers
  }
})

async function outcomesOf(
  requestIds: readonly string[],
): Promise<readonly { action: string; outcome: string; object_id: string | null }[]> {
  return city.store.database.kysely
    .selectFrom('audit_event')
    .select(['action', 'outcome', 'object_id'])
    .where('request_id', 'in', requestIds)
    .execute()
}

/** Everybody's: programmes in force and their texts, providers, experts and who of the office can act for another. */
const EVERYBODYS: readonly string[] = [
  'adoption_id',
  'hash',
  'before',
  'programme',
  'provider_id',
  'operator_id',
  'centre_id',
  'expert_id',
  'deputy',
]

function things(): string[] {
  return Object.entries(ids).flatMap(([kind, id]) => (EVERYBODYS.includes(kind) ? [] : [id]))
}

describe('lists', () => {
  test('show nothing of the firm to whom its things are none of', async () => {
    const lists = guarded.filter((operation) => operation.method === 'GET' && !namesThing(operation))
    const cells = lists.flatMap((operation) =>
      actors
        .filter((actor) => mayAtAll(operation, actor) && !covers(actor, operation))
        .map((actor) => ({ operation, actor })),
    )
    for (const { operation, actor } of cells) {
      const { status, text } = await ask(actor, operation)
      const leaks = [...things(), firm.creditCode].filter((each) => text.includes(each))
      expect([operation.name, actor.login, status, leaks]).toEqual([operation.name, actor.login, 200, []])
    }
    expect(cells.length).toBeGreaterThan(20)
  })
})

describe('beside the table', () => {
  test('a draft is its firm’s own until it is submitted, for the reviewer of its district too', async () => {
    const draft = ids['draft_id']!
    const id = ids['application_id']!
    for (const name of ['reviewer', 'finance', 'auditor']) {
      const reader = city.as(name)
      expect(await reader.readApplication({ params: { id: draft } })).toMatchObject({
        problem: { code: 'request.not_found' },
      })
      const listed = must(await reader.listApplications({}))
      expect(listed.items.map((each) => each.id)).not.toContain(draft)
      const other = must(await reader.readApplication({ params: { id } }))
      expect(other.others.map((each) => each.id)).not.toContain(draft)
    }
    const own = must(await city.as('clerk').readApplication({ params: { id } }))
    expect(own.others.map((each) => each.id)).toContain(draft)
  })

  test('who reviews and also acts for the firm decides nothing about it', async () => {
    const grants = [
      { role: 'reviewer' as const, district: null, organisationCreditCode: null },
      { role: 'clerk' as const, district: null, organisationCreditCode: firm.creditCode },
    ]
    await enrolled(city, 'both-sides', ...grants)
    const both = await rawSession(city.server.url, 'both-sides')
    const deciding = ['decideApplication', 'decideClaim', 'answerObjection', 'confirmCreditCode']
    for (const operation of guarded.filter(({ name }) => deciding.includes(name))) {
      const { call, body } = requestOf(operation, 'reviewer')
      const { problem } = await both(call, { body })
      expect([operation.name, problem.code]).toEqual([operation.name, 'application.conflict_of_interest'])
    }
  })
})

describe('things of another jurisdiction', () => {
  test('are not there for anybody here', async () => {
    await moveThings(JURISDICTION, '990200')
    const wrong: string[] = []
    const lists = guarded.filter(
      (operation) => operation.method === 'GET' && operation.name !== 'readSession' && !namesThing(operation),
    )
    const ofFirm = things().filter((id) => id !== ids['person_id'] && id !== ids['grant_id'])
    for (const operation of lists) {
      for (const actor of actors.filter((each) => mayAtAll(operation, each))) {
        const { text } = await ask(actor, operation)
        const leaks = ofFirm.filter((id) => text.includes(id))
        if (leaks.length > 0) wrong.push(`${actor.login} ${operation.name}: ${leaks.join()}`)
      }
    }
    for (const operation of guarded.filter(({ path }) => path.includes('{id}'))) {
      for (const actor of actors.filter((each) => mayAtAll(operation, each))) {
        const { status, text } = await ask(actor, operation)
        if (status !== 404 || !text.includes('"request.not_found"'))
          wrong.push(`${actor.login} ${operation.name}: ${status} ${text.slice(0, 160)}`)
      }
    }
    await moveThings('990200', JURISDICTION)
    expect(wrong).toEqual([])
  })

  /** Everything but grants and sessions, as if another city of the same store had made it. */
  async function moveThings(from: string, to: string): Promise<void> {
    const owner = connect({ ...city.store.address, connections: 1 })
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.columns
       where column_name = 'jurisdiction' and table_schema in ('suanquan', 'ledger')
         and table_name not in ('role_grant', 'session', 'audit_event', 'site_setting')`.execute(owner.kysely)
    for (const { name } of tables)
      await sql`update ${sql.raw(name)} set jurisdiction = ${to} where jurisdiction = ${from}`.execute(
        owner.kysely,
      )
    await sql`update role_grant set jurisdiction = ${to} where id = ${ids['grant_id']}`.execute(owner.kysely)
    await owner.close()
  }
})

describe('who may, is not stopped by the table', () => {
  /** Ends or changes what the others need: asked last. */
  const LAST: readonly RouteName[] = [
    'discardDraft',
    'discardAdoptionDraft',
    'standAsideFromInspection',
    'recallInspection',
    'endEngagement',
    'separateAdministrators',
    'signOut',
  ]
  const rank = ({ name }: Operation): number => LAST.indexOf(name)

  test('every route for every role whose scope covers the thing', async () => {
    const wrong: string[] = []
    for (const operation of guarded.toSorted((a, b) => rank(a) - rank(b))) {
      const able = actors
        .filter((actor) => mayAtAll(operation, actor) && covers(actor, operation))
        .slice(0, rank(operation) < 0 ? undefined : 1)
      for (const [index, actor] of able.entries()) {
        const { status, text } = await ask(actor, operation)
        const stopped = [
          'request.forbidden',
          'request.malformed',
          ...(index === 0 ? ['request.not_found'] : []),
        ]
        if (status >= 500 || (status >= 400 && stopped.some((code) => text.includes(`"${code}"`))))
          wrong.push(`${actor.login} ${operation.name}: ${text.slice(0, 200)}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

test('after every route was called by every role, no voucher has another holder', async () => {
  const after = await holdersOf(city.store)
  expect(holders.size).toBeGreaterThan(3)
  for (const [voucher, holder] of holders) expect([voucher, after.get(voucher)]).toEqual([voucher, holder])
})
