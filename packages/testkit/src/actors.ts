// People of every role, and where each of them stands to the first firm: theirs, of a neighbour in its district, of
// another district, of another jurisdiction. All with a real session.
import { roles, type Grant, type Role } from '@suanquan/api'
import { connect, sql } from '@suanquan/server'
import { sessionCookie } from './raw-client.ts'
import { testBody } from './test-body.ts'
import { enrolled, JURISDICTION, type TestCity, type TestOrganisation } from './test-city.ts'

export interface Actor {
  readonly login: string
  readonly personId: string
  readonly stands: 'here' | 'neighbour' | 'other' | 'far'
  readonly grant: Grant
  readonly cookie: string
}

const FAR = '990200'

/** Who is there already under the same login is taken as found: the experts of a furnished city. */
export async function enrolActors(city: TestCity): Promise<readonly Actor[]> {
  const there = await city.store.database.kysely.selectFrom('person').select(['id', 'login']).execute()
  const actors: Actor[] = []
  const body = await testBody(city)
  for (const stands of ['here', 'neighbour', 'other', 'far'] as const)
    for (const role of roles) {
      const organisation =
        role === 'inspector' ? inspectorsBody(city, body, stands) : organisationOf(city, role, stands)
      if (stands === 'neighbour' && organisation === null && role !== 'reviewer') continue
      const login = `${stands}-${role.replaceAll('_', '-')}`
      const limit = { here: null, neighbour: '990101', other: '990102', far: null }[stands]
      const district = role === 'reviewer' ? limit : null
      const asked = { role, district, organisationCreditCode: organisation?.creditCode ?? null }
      const personId = there.find((one) => one.login === login)?.id ?? (await enrolled(city, login, asked))
      const jurisdiction = stands === 'far' ? FAR : JURISDICTION
      const grant = { role, jurisdiction, district, organisationId: organisation?.id ?? null }
      actors.push({ login, personId, stands, grant, cookie: await sessionCookie(city.server.url, login) })
    }
  await sendAway(city)
  return actors
}

/** People of the body that is engaged, and of bodies that are not. */
function inspectorsBody(
  city: TestCity,
  body: TestOrganisation,
  stands: Actor['stands'],
): TestOrganisation | null {
  if (stands === 'here' || stands === 'far') return body
  return stands === 'neighbour' ? city.university : city.otherFirm
}

function organisationOf(city: TestCity, role: Role, stands: Actor['stands']): TestOrganisation | null {
  if (role !== 'clerk' && role !== 'provider') return null
  if (stands === 'neighbour') return city.university
  if (stands === 'other') return city.otherFirm
  return role === 'clerk' ? city.firm : city.provider
}

/** The grants of those who stand far are of another jurisdiction: the site itself grants none such. */
async function sendAway({ store }: TestCity): Promise<void> {
  const owner = connect({ ...store.address, connections: 1 })
  await sql`update suanquan.role_grant set jurisdiction = ${FAR}, district = ${FAR}
    where person_id in (select id from suanquan.person where login like 'far-%')`.execute(owner.kysely)
  await owner.close()
}
