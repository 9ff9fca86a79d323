// What a checked proof says, in both languages: what holds and what that means, what does not hold and what to do then. The
// same sentences stand in the browser and on the command line.
import type { ProofSaid, Proved, Wrong } from '@suanquan/core/ledger'

interface Words {
  readonly zh: string
  readonly en: string
}

const proved: Readonly<Record<Proved['code'], Words>> = {
  tree_begins: {
    zh: '账本 {ledger}：封印 {to}（{toLast} 笔）以封印 {from}（{fromLast} 笔）开头，前 {fromLast} 笔没有一笔被改动、删除、插入或调换',
    en: 'fund {ledger}: the journal of seal {to} ({toLast} postings) begins with that of seal {from} ({fromLast}): none of the first {fromLast} was changed, removed, inserted or moved',
  },
  voucher_rows: {
    zh: '券 {number}：所示 {rows} 笔分录都在封印 {seal} 的账本里（共 {last} 笔），一字未改；持有人 {holder} 是账户编号的一部分',
    en: "voucher {number}: each of the {rows} postings shown is in the journal of seal {seal} (of {last}), to the byte; the holder {holder} is part of the account's id",
  },
  voucher_not_all: {
    zh: '未证明的：此券再无别的分录（审计导出可核对全部）；另有 {waiting} 笔等待下一次封存',
    en: 'not proved: that the voucher has no other postings (the audit export checks them all); {waiting} wait for the next seal',
  },
  head_signed: {
    zh: '账本 {ledger} 封印 {number}（{last} 笔）的签名成立',
    en: 'the signature of seal {number} of fund {ledger} ({last} postings) holds',
  },
  chain_whole: {
    zh: '账本 {ledger}：从第 1 号到第 {number} 号封印，一个接一个，签名都成立，盖到第 {last} 笔分录',
    en: 'fund {ledger}: seals 1 to {number} follow one another, every signature holds, up to posting {last}',
  },
  key_own_word: {
    zh: '签名公钥 {key} 由出具方自己给出：请与公示或印刷品上的编号核对',
    en: 'the key {key} is the word of whoever gave the proof: compare it with the id that was published or printed',
  },
  key_follows: {
    zh: '签名公钥 {key} 与所信任的 {trusted} 相承',
    en: 'the key {key} is the trusted {trusted} or follows from it',
  },
}

const wrong: Readonly<Record<Wrong['code'], Words>> = {
  seal_order: {
    zh: '封印 {number} 的编号、范围或时间不接前一个：缺了封印或次序被改。请保存本页结果，向财政部门和审计机关反映',
    en: 'number, range or time of seal {number} do not follow the one before: one is missing or out of order. Keep this result and tell the finance bureau and the auditors',
  },
  seal_previous: {
    zh: '封印 {number} 里写的前一封印与公布的不符：前面的封印被换过。请保存本页结果，向财政部门和审计机关反映',
    en: 'seal {number} names another seal before it than the one shown: an earlier seal was exchanged. Keep this result and tell the finance bureau and the auditors',
  },
  seal_key_unknown: {
    zh: '封印 {number} 的密钥不在所给的公钥之中，或公钥与其编号不符：请重新取证明；仍不符的，不要采信',
    en: 'the key of seal {number} is not among the keys given, or does not have that id: take the proof again; if it still fails do not rely on it',
  },
  seal_key_replaced: {
    zh: '封印 {number} 用了已停用的密钥签名：不要采信，并告知平台',
    en: 'seal {number} was signed with a key already replaced: do not rely on it, and tell the platform',
  },
  seal_signature: {
    zh: '封印 {number} 的签名不成立：内容被改过，哪怕一个字符。请重新取证明；仍不符的，不要采信',
    en: 'the signature of seal {number} does not hold: something in it was changed, if only one character. Take the proof again; if it still fails do not rely on it',
  },
  key_not_endorsed: {
    zh: '封印 {number} 的密钥 {key} 既不是 {trusted}，也没有得到它的签名认可：请核对所填的编号，确认无误则不要采信',
    en: 'the key {key} of seal {number} is not {trusted} and was not endorsed by it: check the id that you typed; if it is right do not rely on the proof',
  },
  head_differs: {
    zh: '平台现在给出的封印 {number} 与保存的不是同一个：账本被改写过，或保存的文件不是本平台的。请保留文件，向财政部门和审计机关反映',
    en: 'seal {number} as the platform shows it is not the one that was kept: the journal was rewritten, or the file is not of this platform. Keep the file and tell the finance bureau and the auditors',
  },
  head_gone: {
    zh: '平台没有账本 {ledger} 的封印 {number}：账本被退回到更早，或文件不是本平台的。请保留文件，向财政部门和审计机关反映',
    en: 'the platform has no seal {number} of fund {ledger}: the journal was taken back, or the file is not of this platform. Keep the file and tell the finance bureau and the auditors',
  },
  not_beginning: {
    zh: '封印 {to} 的账本不以封印 {from} 的账本开头：之前的分录被改动，或证明被改过。请重新取证明；仍不符的，向财政部门和审计机关反映',
    en: 'the journal of seal {to} does not begin with that of seal {from}: earlier postings were changed, or the proof was. Take it again; if it still fails tell the finance bureau and the auditors',
  },
  account_id: {
    zh: '账户编号不是由所示的券号、持有人和期限得出的：有人改过其中一项。请向持有人重新索取证明',
    en: "the account's id does not follow from the number, holder and term that are shown: one of them was changed. Ask the holder for the proof again",
  },
  row_not_under: {
    zh: '第 {sequence} 笔分录不在封印 {seal} 的账本里，或与此券无关：请向持有人重新索取证明',
    en: 'posting {sequence} is not in the journal of seal {seal}, or not of this voucher: ask the holder for the proof again',
  },
}

const words: Readonly<Record<string, Words>> = { ...proved, ...wrong }

/** A line of a checked proof as a sentence. */
export function proofSentence({ code, params }: ProofSaid): Words {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '—'))
  const { zh, en } = words[code]!
  return { zh: fill(zh), en: fill(en) }
}
