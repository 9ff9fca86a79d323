export { agreedPrices, type AgreedRefusal } from './agreed.ts'
export { marketHandlers } from './catalogue.ts'
export { agreedFrom, amountsAsText } from './terms.ts'
