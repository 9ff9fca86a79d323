// The files of a take-over by name; pages that show them need not load what the sheets hold.
export const takeOverSheetNames = ['firms', 'money', 'vouchers', 'claims', 'closing'] as const
export type TakeOverSheetName = (typeof takeOverSheetNames)[number]

/** The sheets, and the signed closing statement as PDF. */
export const takeOverFileKinds = [...takeOverSheetNames, 'statement'] as const
export type TakeOverFileKind = (typeof takeOverFileKinds)[number]

/** What there is of every programme; firms that the registers know and claims that never were need no file. */
export const takeOverFilesNeeded = ['money', 'vouchers', 'closing', 'statement'] as const
