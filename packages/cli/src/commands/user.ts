// People, added on the machine itself: for the case that no administrator can sign in, or for a scripted set-up.
import { Refused, emit, WrongUse } from '../output.ts'
import { roles, type Role } from '@suanquan/api'
import { addPersonByOperator, connect, joinAdministratorsByOperator, migrate } from '@suanquan/server'
import { Command, Option } from 'commander'
import { said } from '../language.ts'
import { dataOption, withStore } from '../store.ts'

interface Options {
  readonly data: string
  readonly json?: boolean
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly jurisdiction: string
  readonly district?: string
  readonly organisation?: string
}

export function userCommand(): Command {
  return new Command('user')
    .description(said({ zh: '人员：在本机添加', en: 'people: add one on this machine' }))
    .addCommand(addCommand())
    .addCommand(joinCommand())
    .addHelpText('after', `\n  ${EXAMPLE}`)
}

const EXAMPLE =
  'suanquan user add --login wang.li --name 王丽 --role reviewer --district 990101 --jurisdiction 990100'

function addCommand(): Command {
  return new Command('add')
    .description(
      said({
        zh: '添加一人并授予一个角色；打印一次性的启用码，由本人设置密码',
        en: 'adds a person with one role; prints an enrolment code, once, with which the person sets a password',
      }),
    )
    .addOption(dataOption())
    .requiredOption('--login <name>', said({ zh: '用户名', en: 'name to sign in with' }))
    .requiredOption('--name <text>', said({ zh: '姓名', en: 'name to show' }))
    .addOption(
      new Option('--role <role>', said({ zh: '角色', en: 'role' })).choices([...roles]).makeOptionMandatory(),
    )
    .requiredOption(
      '--jurisdiction <code>',
      said({ zh: '行政区划代码，六位', en: 'division code, six digits' }),
    )
    .option('--district <code>', said({ zh: '只限某区', en: 'only this district' }))
    .option(
      '--organisation <credit code>',
      said({ zh: '所代表的单位（经办人、供给方必填）', en: 'the organisation acted for (clerk, provider)' }),
    )
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText('after', `\n  ${EXAMPLE}`)
    .action(add)
}

interface JoinOptions {
  readonly data: string
  readonly json?: boolean
  readonly jurisdiction: string
  readonly reason: string
}

function joinCommand(): Command {
  return new Command('join-administrators')
    .description(
      said({
        zh: '解除三员分立：管理员重新兼任系统、安全职责；理由记入操作记录',
        en: 'ends the separation of the three administrators; the reason is kept and the act is in the trail',
      }),
    )
    .addOption(dataOption())
    .requiredOption(
      '--jurisdiction <code>',
      said({ zh: '行政区划代码，六位', en: 'division code, six digits' }),
    )
    .requiredOption('--reason <text>', said({ zh: '理由', en: 'why' }))
    .option('--json', said({ zh: '输出 JSON', en: 'print JSON' }))
    .addHelpText(
      'after',
      '\n  suanquan user join-administrators --jurisdiction 990100 --reason 安全管理员离岗，暂无人接任',
    )
    .action(join)
}

async function join(options: JoinOptions): Promise<void> {
  const { jurisdiction, reason } = options
  const joined = await withStore(options, async ({ address }) => {
    await migrate(address)
    const database = connect({ ...address, role: 'app', connections: 1 })
    try {
      return await joinAdministratorsByOperator(database, { jurisdiction, reason, at: Date.now() })
    } finally {
      await database.close()
    }
  })
  if (!joined.ok) throw new Refused(joined.refusal)
  const text = said({ zh: '三员分立已解除', en: 'the administrators are no longer kept apart' })
  emit({ jurisdiction, apart: false }, { json: options.json, text: () => text })
}

async function add(options: Options): Promise<void> {
  if (!/^\d{6}$/.test(options.jurisdiction)) {
    throw new WrongUse({ zh: '--jurisdiction 应为六位数字', en: '--jurisdiction takes six digits' })
  }
  const grant = {
    role: options.role,
    district: options.district ?? null,
    organisationCreditCode: options.organisation ?? null,
  }
  const person = { login: options.login, displayName: options.name, grants: [grant] }
  const added = await withStore(options, async ({ address }) => {
    await migrate(address)
    const database = connect({ ...address, role: 'app', connections: 1 })
    try {
      const { jurisdiction } = options
      return await addPersonByOperator(database, { jurisdiction, person, at: Date.now() })
    } finally {
      await database.close()
    }
  })
  if (!added.ok) throw new Refused(added.refusal)
  const text = said({
    zh: `已添加 ${options.login}；启用码（只显示一次）：${added.value.enrolmentCode}`,
    en: `${options.login} is added; enrolment code, shown once: ${added.value.enrolmentCode}`,
  })
  emit(added.value, { json: options.json, text: () => text })
}
