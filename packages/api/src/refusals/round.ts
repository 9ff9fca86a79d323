import type { RefusalTexts } from './texts.ts'

export const round = {
  'round.first_come': {
    status: 409,
    zh: '这项措施先到先得，不需要分配批次；钱到了，排队的按先后自动补上',
    en: 'this programme is first come, first served: who waits is funded in turn, without a round',
  },
  'round.nobody_waits': {
    status: 409,
    zh: '没有已批准而等这笔钱的申请',
    en: 'no approved application waits for this pool',
  },
  'round.open_already': {
    status: 409,
    zh: '这笔钱已有未办结的批次，请先复核或撤销它',
    en: 'a round of this pool is not decided yet; confirm or cancel it first',
  },
  'round.draw_unannounced': {
    status: 422,
    zh: '抽签须事先公布以哪一次公开开奖为准，日期在今天之后；其他办法不填',
    en: 'a lottery names the public draw that decides, on a day after today; other rules name none',
  },
  'round.tier_shares': {
    status: 409,
    zh: '区级配套的申请由两级资金同时分担，不能分批分配',
    en: 'applications that two tiers share cannot be funded in rounds',
  },
  'round.no_order': {
    status: 409,
    zh: '这项措施没有写明排序，不能按择优分配',
    en: 'the programme names no order, so merit cannot be worked out',
  },
  'round.redraw_reason_missing': {
    status: 422,
    zh: '批次 {number} 已开奖后撤销，重新抽签须写明理由，理由对外公开',
    en: 'the draw of round {number} was cancelled; say why it is made again, which is published',
  },
  'round.redraw_own_cancellation': {
    status: 403,
    zh: '撤销批次 {number} 的人不能重新抽签，请另一人公布名单',
    en: 'who cancelled the draw of round {number} does not draw again; have somebody else open the round',
  },
  'round.redrawn_already': {
    status: 409,
    zh: '批次 {number} 本身就是重新抽签，不能再次重抽；请按其结果办理，或改用措施另行采用的分配办法',
    en: 'round {number} was a second draw already, and there is no third; adopt another rule for dividing the money',
  },
  'round.nothing_to_redraw': {
    status: 422,
    zh: '这笔钱没有撤销过的抽签，不填重抽理由',
    en: 'no draw of this pool was cancelled, so there is no reason to give for another',
  },
  'round.wrong_state': {
    status: 409,
    zh: '这个批次已是“{state}”，不能这样办',
    en: 'the round is {state}',
  },
  'round.draw_too_early': {
    status: 409,
    zh: '开奖日是 {drawOn}，还没到',
    en: 'the draw is on {drawOn}, which has not come',
  },
  'round.draw_empty': { status: 422, zh: '须写明开奖结果', en: 'say what the public draw showed' },
  'round.draw_unfit': {
    status: 422,
    zh: '开奖结果只写数字、大写字母和“+”，各组之间一个空格，照公告的顺序，如 03 07 12 18 25 31 + 09',
    en: 'write what the draw showed in digits, capital letters and +, one blank between groups, in the order announced: 03 07 12 18 25 31 + 09',
  },
  'round.source_missing': {
    status: 422,
    zh: '须写明开奖结果出自哪里',
    en: 'say where the result of the public draw stands',
  },
  'round.own_proposal': {
    status: 403,
    zh: '须由登记结果以外的人复核',
    en: 'somebody else than who entered the result must decide',
  },
  'round.pool_short': {
    status: 409,
    zh: '这笔钱已不够本批次的分配结果，请撤销后重新公布名单',
    en: 'the pool no longer holds what the round awards; cancel it and publish the list anew',
  },
  'round.compute_short': {
    status: 409,
    zh: '{month} 的 {chip} 不够：要买 {wanted} 卡时，各中心空闲 {free} 卡时；仍要拨出，请写明理由',
    en: 'in {month} there is too little {chip}: {wanted} card-hours would be bought, {free} are free; to go on, say why',
  },
  'round.reason_missing': { status: 422, zh: '撤销须写明理由', en: 'a cancellation needs its reason' },
  'round.list_changed': {
    status: 409,
    zh: '名单与公布的指纹 {published} 不符',
    en: 'the list is not the one published under {published}',
  },
  'round.no_result': {
    status: 409,
    zh: '这个批次还没有结果，结果公布后才能复算',
    en: 'the round has no result yet; it can be replayed once one is published',
  },
  'round.number_twice': { status: 422, zh: '名单中有重复的编号', en: 'a number stands in the list twice' },
  'round.file_unfit': {
    status: 422,
    zh: '文件不是分配批次的公开数据：{what}',
    en: 'the file is not the public data of a round: {what}',
  },
} as const satisfies RefusalTexts
