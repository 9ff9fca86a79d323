import type { RefusalTexts } from './texts.ts'

export const placement = {
  'placement.missing_column': {
    status: 422,
    zh: '表中缺少“{column}”一列，请按 OpenB 的列名补齐',
    en: 'the table lacks the column "{column}"; name the columns as OpenB does',
  },
  'placement.empty_table': {
    status: 422,
    zh: '表中没有数据行',
    en: 'the table has no rows; give at least one',
  },
  'placement.duplicate_id': {
    status: 422,
    zh: '编号“{id}”出现了两次，请改成各不相同的编号',
    en: 'the id "{id}" occurs twice; give each its own',
  },
  'placement.bad_node': {
    status: 422,
    zh: '节点“{node}”的 {field} 不是合理的数值，请核对',
    en: 'the node "{node}" has no sensible {field}; check it',
  },
  'placement.bad_task': {
    status: 422,
    zh: '任务“{task}”的 {field} 不是合理的数值，请核对',
    en: 'the task "{task}" has no sensible {field}; check it',
  },
  'placement.no_room': {
    status: 409,
    zh: '目前没有节点放得下任务“{task}”，请减少卡数、放宽卡型或等待释放',
    en: 'no node has room for the task "{task}" now; ask for less, allow more chips or wait',
  },
  'placement.stale_move': {
    status: 409,
    zh: '任务“{task}”所依据的搬移方案已过期（“{moved}”或其去处已变），请重新提出',
    en: 'the move proposed for the task "{task}" no longer works ("{moved}" or its target has changed); propose anew',
  },
  'placement.empty_gang': {
    status: 422,
    zh: '任务组“{gang}”没有成员，请至少给一个',
    en: 'the gang "{gang}" has no members; give at least one',
  },
  'placement.no_room_for_gang': {
    status: 409,
    zh: '没有一个中心能同时放下任务组“{gang}”的全部成员，请减少成员、允许跨中心或等待释放',
    en: 'no centre holds all members of the gang "{gang}" at once; ask for fewer, allow several centres or wait',
  },
  'placement.bad_lease': {
    status: 422,
    zh: '租赁“{id}”须整卡，节点数与时长为正整数，起止时间合理（最晚开始不早于最早开始），请核对',
    en: 'the lease "{id}" needs whole devices, whole numbers above zero of nodes and milliseconds, and a latest start not before the earliest; check it',
  },
  'placement.no_lease_possible': {
    status: 409,
    zh: '没有一个中心能满足租赁“{id}”，请减少节点、放宽卡型或推迟最晚开始时间',
    en: 'no centre can serve the lease "{id}"; ask for fewer nodes, more chips or a later start',
  },
  'placement.no_such_lease': {
    status: 404,
    zh: '没有进行中或未开始的租赁“{id}”',
    en: 'there is no lease "{id}" that runs or waits; check the id',
  },
  'placement.bad_instant': {
    status: 422,
    zh: '租赁“{id}”的结束时刻须为整数毫秒',
    en: 'the instant at which the lease "{id}" ends must be a whole number of milliseconds',
  },
  'placement.no_such_quota': {
    status: 404,
    zh: '没有名为“{quota}”的额度',
    en: 'there is no quota "{quota}"; check the name',
  },
  'placement.bad_quota': {
    status: 422,
    zh: '额度“{quota}”的数量或上限不是非负整数，或名称为空、重复，请核对',
    en: 'the quota "{quota}" has an amount or limit that is no whole number from zero, or a name that is empty or occurs twice; check it',
  },
  'placement.bad_amount': {
    status: 422,
    zh: '“{id}”的数量须为正整数',
    en: 'the amount of "{id}" must be a whole number above zero',
  },
  'placement.quota_exhausted': {
    status: 409,
    zh: '额度“{quota}”已用完，可借部分还差 {missing}，请减少数量或等待归还',
    en: 'the quota "{quota}" is used up and {missing} too little is idle elsewhere; ask for less or wait',
  },
  'placement.bad_share': {
    status: 422,
    zh: '公平排序中“{name}”的容量、权重或数量不合理（容量与权重须大于零，数量不得为负），请核对',
    en: 'in the fair order "{name}" has no sensible capacity, weight or amount (the first two above zero, the last not below); check it',
  },
  'placement.bad_need': {
    status: 422,
    zh: '需求“{need}”的卡数、时长、预算或等级不合理，请核对',
    en: 'the need "{need}" has no sensible devices, hours, budget or class; check it',
  },
  'placement.bad_offer': {
    status: 422,
    zh: '目录“{offer}”的卡数、价格或等级不合理，请核对',
    en: 'the offer "{offer}" has no sensible devices, price or class; check it',
  },
  'placement.bad_weights': {
    status: 422,
    zh: '权重 {weight} 须为 0 到 1000 之间的数',
    en: 'the weight {weight} must be a number from 0 to 1000',
  },
  'placement.bad_promise': {
    status: 422,
    zh: '需求“{need}”许给目录“{offer}”的安排无法兑现（编号不存在、重复或条件、卡数不足），请核对',
    en: 'the need "{need}" cannot be kept to the offer "{offer}" it was promised (unknown, promised twice, ruled out or too few devices); check it',
  },
  'placement.no_such_unmet': {
    status: 404,
    zh: '本次匹配中没有未满足的需求“{need}”，请核对编号',
    en: 'no need "{need}" is unmet in this matching; check the id',
  },
} as const satisfies RefusalTexts
