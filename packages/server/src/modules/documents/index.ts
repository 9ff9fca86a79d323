export type { FontSetting } from './fonts.ts'
export { documentsHandlers } from './handlers.ts'
export { openPress, type Press } from './press.ts'
