export { agreedPrices, type AgreedRefusal } from './agreed.ts'
export { marketHandlers } from './catalogue.ts'
export { agreedFrom, amountsAsText, tariffFrom } from './terms.ts'
