// What becomes of a line, in both languages: as documents print it and lines explain themselves.
export const lineReasons: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  node_failed: { zh: '节点故障，不计费', en: 'the node failed: rated nothing' },
  outside_term: { zh: '在合同期外，不计费', en: "outside the contract's term: rated nothing" },
  outside_usable_days: { zh: '在券可用期外，不计费', en: "outside the voucher's days: rated nothing" },
  idle: { zh: '设备空闲，不予兑付', en: 'the devices were idle: not paid for' },
  beyond_use: { zh: '超出实际使用的收费，不予兑付', en: 'charged beyond use: not paid for' },
  excluded_item: { zh: '不属于算力的项目，不予兑付', en: 'no compute: not paid for' },
  within_lease: { zh: '整机租赁期内，按月计入租赁', en: 'within a lease, whose month is charged' },
  rated: { zh: '按单价计费', en: 'rated at the price' },
}
