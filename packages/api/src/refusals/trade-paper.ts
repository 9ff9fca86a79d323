import type { InvoiceFault } from '@suanquan/core/settlement'
import type { RefusalText, RefusalTexts } from './texts.ts'

/** What is wrong with an invoice by itself. */
const faults = {
  'trade_paper.number_form': {
    status: 422,
    zh: '发票号码“{number}”既不是 20 位数电票号码，也不是发票代码加 8 位号码，请按票面核对',
    en: '"{number}" is neither the 20 digits of a digital invoice nor a code followed by 8 digits; enter it as printed',
  },
  'trade_paper.number_year': {
    status: 422,
    zh: '发票号码 {number} 的前两位年份与开票日期 {day} 不一致，请核对票面',
    en: 'the first two digits of invoice {number} are not the year of {day}; check what is printed',
  },
  'trade_paper.party_code': {
    status: 422,
    zh: '“{name}”的统一社会信用代码“{creditCode}”不正确，请按票面核对，或请开票方重开',
    en: '"{creditCode}" of "{name}" is no credit code; check what is printed, or have the invoice issued again',
  },
  'trade_paper.same_party': {
    status: 422,
    zh: '销售方与购买方是同一单位，这样的发票不能作为凭证',
    en: 'seller and buyer are the same; such an invoice proves nothing; hand in another',
  },
  'trade_paper.dated_later': {
    status: 422,
    zh: '日期 {day} 晚于今天，请核对',
    en: '{day} is after today; check the date',
  },
  'trade_paper.total_differs': {
    status: 422,
    zh: '金额 {amountYuan} 元加税额 {taxYuan} 元不等于价税合计 {totalYuan} 元，请核对文件是否被改动',
    en: 'amount {amountYuan} and tax {taxYuan} do not make the total {totalYuan} (yuan); check whether the file was changed',
  },
  'trade_paper.lines_differ': {
    status: 422,
    zh: '各行合计（金额 {linesYuan} 元、税额 {linesTaxYuan} 元）与票面合计（{amountYuan} 元、{taxYuan} 元）不一致，请核对文件',
    en: 'the lines make {linesYuan} and {linesTaxYuan} tax, the invoice says {amountYuan} and {taxYuan} (yuan); check the file',
  },
  'trade_paper.line_tax_differs': {
    status: 422,
    zh: '第 {line} 行“{name}”的税额与金额、税率不符（相差超过 0.06 元），请核对文件',
    en: 'the tax of line {line} "{name}" is not its amount at its rate (off by more than 0.06 yuan); check the file',
  },
  'trade_paper.amount_zero': {
    status: 422,
    zh: '发票 {number} 的金额为 0，不能作为凭证',
    en: 'invoice {number} has an amount of zero and proves nothing; leave it out',
  },
  'trade_paper.red_letter_unnamed': {
    status: 422,
    zh: '发票 {number} 金额为负，但没有写明冲减哪一张蓝字发票，请补充原发票号码',
    en: 'invoice {number} is below zero but names no invoice that it takes back; enter the number of the original',
  },
  'trade_paper.red_letter_positive': {
    status: 422,
    zh: '红字发票 {number} 的金额应为负数，请按票面填写',
    en: 'the red-letter invoice {number} must be below zero; enter it as printed',
  },
  'trade_paper.red_letter_itself': {
    status: 422,
    zh: '红字发票 {number} 冲减的是它自己，请填写被冲减的蓝字发票号码',
    en: 'the red-letter invoice {number} takes back itself; enter the number of the original',
  },
} as const satisfies Readonly<Record<InvoiceFault, RefusalText>>

/** What is wrong with a file. */
const files = {
  'trade_paper.not_xml': {
    status: 415,
    zh: '文件不是可读取的 XML（{reason}），请从税务数字账户重新下载数电票 XML 文件',
    en: 'the file is not readable XML ({reason}); download the XML of the invoice again from the tax account',
  },
  'trade_paper.xml_forbidden': {
    status: 422,
    zh: 'XML 文件含有 DTD 或实体定义，平台不读取这样的文件；请使用税务平台原始导出的文件',
    en: 'the XML defines a DTD or entities, which are never read; use the file as the tax platform exports it',
  },
  'trade_paper.xml_too_large': {
    status: 413,
    zh: 'XML 文件超出上限 {maximum}，请分开上传',
    en: 'the XML exceeds {maximum}; upload it in parts',
  },
  'trade_paper.no_invoice': {
    status: 422,
    zh: '文件里没有找到数电票（EInvoice），请确认上传的是发票 XML',
    en: 'there is no digital invoice (EInvoice) in this file; check that it is the XML of an invoice',
  },
  'trade_paper.field_missing': {
    status: 422,
    zh: '缺少“{field}”，请核对文件',
    en: '"{field}" is missing; check the file',
  },
  'trade_paper.field_unreadable': {
    status: 422,
    zh: '“{field}”的内容“{value}”无法识别，请核对',
    en: '"{value}" in "{field}" cannot be read; check it',
  },
  'trade_paper.file_taken': {
    status: 409,
    zh: '这份文件已经登记过，不能再次确认；要再登记请重新上传',
    en: 'this file has been taken in already; upload it again to take in more',
  },
  'trade_paper.nothing_good': {
    status: 409,
    zh: '文件里没有可以登记的票据，请按原因改正后重新上传',
    en: 'nothing in the file can be taken in; mend it by the reasons given and upload it again',
  },
} as const satisfies RefusalTexts

/** What is wrong between a paper and what is registered. */
const register = {
  'trade_paper.contradicts': {
    status: 409,
    zh: '票据 {number} 已经登记，但这次填写的 {fields} 与登记的不一致；请核对票面，登记有误的请先更正登记',
    en: '{number} is registered already, and its {fields} differ from what is entered; check it, or correct the register first',
  },
  'trade_paper.in_use': {
    status: 409,
    zh: '票据 {number} 已被申请使用，登记的内容不能再改；请先撤回该申请',
    en: '{number} is used by a claim or an application and cannot be changed; withdraw that first',
  },
  'trade_paper.not_a_party': {
    status: 422,
    zh: '票据 {number} 的双方（{from}、{to}）都不是本单位，请登记本单位自己的票据',
    en: 'neither party of {number} ({from}, {to}) is this organisation; register its own papers',
  },
  'trade_paper.party_unknown': {
    status: 422,
    zh: '平台上没有名为“{name}”的单位（或有多个），请在“统一社会信用代码”一列写明代码',
    en: 'no organisation, or more than one, is called "{name}"; give its credit code in the column for it',
  },
  'trade_paper.red_letter_exceeds': {
    status: 422,
    zh: '红字发票 {number} 与其他红字发票合计超过原发票 {original} 的金额，请核对',
    en: 'red-letter invoice {number} and its like take back more than the original {original}; check them',
  },
  'trade_paper.red_letter_of_others': {
    status: 422,
    zh: '红字发票 {number} 的双方与原发票 {original} 不一致，请核对原发票号码',
    en: 'the parties of red-letter invoice {number} are not those of its original {original}; check its number',
  },
  'trade_paper.twice_in_file': {
    status: 422,
    zh: '票据 {number} 在文件中出现了多次，只登记第一次',
    en: '{number} is in the file more than once; only the first is taken',
  },
  'trade_paper.certificate_contract': {
    status: 422,
    zh: '交付证明须写明本单位的合同，请重新选择',
    en: 'a delivery certificate belongs to a contract of the organisation; choose again',
  },
  'trade_paper.certificate_unsigned': {
    status: 422,
    zh: '交付证明须由双方签署，请填写双方的签署日期，且不早于交付日期',
    en: 'a delivery certificate is signed by both parties; give both days, neither before the delivery',
  },
  'trade_paper.certificate_elsewhere': {
    status: 422,
    zh: '交付证明 {number} 属于合同 {contractNumber}，不能用于其他合同的兑付，请换成本合同的证明',
    en: 'certificate {number} belongs to contract {contractNumber} and proves nothing for another; use one of this contract',
  },
  'trade_paper.answer_unknown': {
    status: 422,
    zh: '登记簿里没有发票 {number}，这条查验结果没有可以对应的票据',
    en: 'invoice {number} is not registered; this answer is about nothing here; register the invoice first',
  },
  'trade_paper.answer_differs': {
    status: 422,
    zh: '发票 {number} 的查验结果（{answer}）与登记的（{registered}）不一致，请先核对票面',
    en: 'the answer about invoice {number} says {answer}, the register {registered}; check what is printed first',
  },
  'trade_paper.answer_not_invoice': {
    status: 422,
    zh: '只有发票可以登记查验结果',
    en: 'only an invoice is asked about at the tax authority; choose one',
  },
} as const satisfies RefusalTexts

/** What an operator buys from a centre. */
const upstream = {
  'upstream.same_party': {
    status: 422,
    zh: '运营商与算力中心是同一单位，不需要登记上游合同',
    en: 'operator and centre are the same; there is nothing to register',
  },
  'upstream.no_provider': {
    status: 422,
    zh: '上游合同的卖方须是已登记的供给方，请重新选择算力中心',
    en: 'the seller of an upstream contract is a registered provider; choose the centre again',
  },
  'upstream.days': {
    status: 422,
    zh: '合同期的起止日期颠倒，请更正',
    en: 'the term ends before it begins; correct the days',
  },
  'upstream.stated': {
    status: 409,
    zh: '与该算力中心的合同 {number} 已经登记，请直接使用',
    en: 'contract {number} with this centre is registered already; use it',
  },
  'upstream.not_the_centre': {
    status: 409,
    zh: '上游合同只能由合同中的算力中心确认，请由该中心的人员登录办理',
    en: 'only the centre of this contract can confirm it; have its people sign in',
  },
  'upstream.not_the_operator': {
    status: 409,
    zh: '只有上游合同的买方能把自己的客户合同挂上来，请核对合同的供给方',
    en: "only the buyer of the upstream contract can link its own firms' contracts; check the provider of the contract",
  },
  'upstream.used': {
    status: 409,
    zh: '合同 {number} 已有兑付使用原来的上游合同，不能改挂',
    en: 'claims on contract {number} rest on its upstream contract, which cannot be changed any more',
  },
} as const satisfies RefusalTexts

export const tradePaper = { ...faults, ...files, ...register, ...upstream } as const

export const tradePaperFileRefusals = [
  'trade_paper.not_xml',
  'trade_paper.xml_forbidden',
  'trade_paper.xml_too_large',
  'trade_paper.no_invoice',
] as const
