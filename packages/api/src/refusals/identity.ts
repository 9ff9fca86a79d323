import type { RefusalTexts } from './texts.ts'

export const identity = {
  'session.none': { status: 401, zh: '请先登录', en: 'sign in first' },
  'session.expired': {
    status: 401,
    zh: '登录已过期，请重新登录；已保存的草稿不会丢失',
    en: 'your session has expired; sign in again, saved drafts are kept',
  },
  'session.wrong_credentials': {
    status: 401,
    zh: '用户名或密码不正确',
    en: 'the name or the password is wrong',
  },
  'session.locked': {
    status: 423,
    zh: '多次输错密码，账号已锁定，请在 {minutes} 分钟后再试',
    en: 'locked after several wrong passwords; try again in {minutes} minutes',
  },
  'person.login_taken': {
    status: 409,
    zh: '用户名“{login}”已被使用，请换一个',
    en: 'the name "{login}" is taken; choose another',
  },
  'person.role_needs_organisation': {
    status: 422,
    zh: '角色“{role}”须指定所代表的单位',
    en: 'the role "{role}" needs the organisation it acts for',
  },
  'person.role_without_district': {
    status: 422,
    zh: '角色“{role}”的权限不分区，不能限定到某个区',
    en: 'the role "{role}" covers the whole city and cannot be limited to a district',
  },
  'person.own_account': {
    status: 403,
    zh: '不能对自己的账号进行此操作，请由另一位管理员办理',
    en: 'this cannot be done to your own account; another administrator must do it',
  },
  'person.disabled': {
    status: 409,
    zh: '该账号已停用，请先恢复',
    en: 'the account is disabled; enable it first',
  },
  'person.activity_unchanged': {
    status: 409,
    zh: '账号已是这个状态',
    en: 'the account is in this state already',
  },
  'person.last_administrator': {
    status: 409,
    zh: '这是最后一位“{role}”，须先有另一位在用的“{role}”',
    en: 'this is the last {role}; another one must be active first',
  },
  'person.leaves_open_work': {
    status: 409,
    zh: '{organisations}还有在办事项，且没有其他经办人。请先办理交接，指定接手人',
    en: 'open cases of {organisations} would be left with nobody; hand over to a successor first',
  },
  'person.administrators_apart': {
    status: 409,
    zh: '系统、安全、审计管理员须由不同的人担任，该人员已是“{held}”',
    en: 'system, security and audit administrators are different people; this person is a {held}',
  },
  'person.role_held': { status: 409, zh: '该人员已有这个角色', en: 'the person holds this role already' },
  'person.does_not_act': {
    status: 409,
    zh: '该人员不代表这家单位，没有可交接的事项',
    en: 'the person does not act for this organisation; there is nothing to hand over',
  },
  'person.unfit_successor': {
    status: 422,
    zh: '接手人须是另一位在用的人员',
    en: 'the successor must be another person whose account is active',
  },
  'person.weak_password': {
    status: 422,
    zh: '密码至少 {minimum} 位，且不得包含用户名',
    en: 'a password has at least {minimum} characters and does not contain the name',
  },
  'enrolment.unknown_code': {
    status: 404,
    zh: '启用码无效或已使用，请向管理员重新索取',
    en: 'the enrolment code is unknown or used; ask the administrator for a new one',
  },
  'setup.wrong_token': {
    status: 404,
    zh: '令牌不对或已被更新的代替，请看服务最近一次启动时打印的那一个',
    en: 'the token is not right, or a newer one took its place; take the one the server printed when it last started',
  },
  'setup.closed': {
    status: 410,
    zh: '系统已有管理员，首次设置已关闭',
    en: 'there is an administrator already; the first set-up is closed',
  },
  'organisation.unknown': {
    status: 404,
    zh: '没有统一社会信用代码为 {creditCode} 的单位，请先导入登记信息',
    en: 'no organisation with the credit code {creditCode}; import its register entry first',
  },
} as const satisfies RefusalTexts
