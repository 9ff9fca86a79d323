export { refusals, type RefusalCode, type RefusalText, type RefusalTexts } from './refusals/index.ts'
