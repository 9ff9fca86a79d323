export { marketHandlers } from './catalogue.ts'
