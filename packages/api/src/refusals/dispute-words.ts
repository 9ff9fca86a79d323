// Words of disputes for the sentences of refusals: states, events, what a person wanted to do.
export const disputeStateWords = {
  opened: { zh: '待对方答复', en: 'awaiting the other side' },
  answered: { zh: '待决定', en: 'to be decided' },
  correcting: { zh: '待中心更正记录', en: 'awaiting the corrected record' },
  closed: { zh: '已办结', en: 'closed' },
}

export const disputeEventWords = {
  open: { zh: '提出争议', en: 'disputing' },
  answer: { zh: '答复', en: 'answering' },
  ask_correction: { zh: '要求更正记录', en: 'asking for a corrected record' },
  close: { zh: '办结', en: 'closing' },
}

export const disputeActionWords = {
  'dispute.open': { zh: '提出争议', en: 'dispute what was rated or left unpaid' },
  'dispute.read': { zh: '查看争议', en: 'read disputes' },
  'dispute.answer': { zh: '答复争议', en: 'answer disputes' },
  'dispute.decide': { zh: '决定争议', en: 'decide on disputes' },
}
