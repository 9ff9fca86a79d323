import type { RefusalTexts } from './texts.ts'

export const request = {
  'request.malformed': {
    status: 400,
    zh: '请求有误：{where}：{why}',
    en: 'the request is malformed: {where}: {why}',
  },
  'request.not_found': {
    status: 404,
    zh: '没有找到{what}，请核对地址或编号',
    en: '{what} was not found; check the address or the number',
  },
  'request.forbidden': {
    status: 403,
    zh: '当前身份不能{action}。如需办理，请换用有此职责的账号，或联系管理员',
    en: 'your role may not {action}; sign in with an account that may, or ask the administrator',
  },
  'request.too_large': {
    status: 413,
    zh: '内容超过 {maximum}，请压缩或拆分后再传',
    en: 'larger than {maximum}; compress or split it',
  },
  'request.too_many': {
    status: 429,
    zh: '操作过于频繁，请在 {seconds} 秒后再试',
    en: 'too many requests; try again in {seconds} seconds',
  },
  'request.database_away': {
    status: 503,
    zh: '数据库暂时无法访问，请在 {seconds} 秒后用同一 Idempotency-Key 重试；已受理的操作不会重复',
    en: 'the database cannot be reached for the moment; try again in {seconds} seconds with the same Idempotency-Key, nothing is done twice',
  },
  'request.disk_full': {
    status: 503,
    zh: '磁盘已满，这次操作没有保存。请通知管理员腾出空间，{seconds} 秒后用同一 Idempotency-Key 重试',
    en: 'the disk is full and nothing of this was kept; tell the administrator to free space and try again after {seconds} seconds with the same Idempotency-Key',
  },
  'request.disk_failing': {
    status: 503,
    zh: '磁盘读写出错，这次操作没有保存。请立即通知管理员检查磁盘，{seconds} 秒后用同一 Idempotency-Key 重试',
    en: 'the disk failed and nothing of this was kept; tell the administrator at once to look at the disk, and try again after {seconds} seconds with the same Idempotency-Key',
  },
  'request.stopping': {
    status: 503,
    zh: '平台正在重新启动，请在 {seconds} 秒后用同一 Idempotency-Key 重试',
    en: 'the platform is restarting; try again in {seconds} seconds with the same Idempotency-Key',
  },
  'request.key_missing': {
    status: 400,
    zh: '写操作须带请求头 Idempotency-Key（每次操作一个新的唯一值，重试时不变）',
    en: 'a change needs the header Idempotency-Key (new for each act, the same on a retry)',
  },
  'request.key_reused': {
    status: 409,
    zh: 'Idempotency-Key 已用于另一内容不同的请求；新的操作请换新的值',
    en: 'this Idempotency-Key was used for a different request; use a new one for a new act',
  },
  'request.foreign_origin': {
    status: 403,
    zh: '请求来自其他网站（{origin}），已拒绝',
    en: 'the request comes from another site ({origin}) and is refused',
  },
} as const satisfies RefusalTexts
