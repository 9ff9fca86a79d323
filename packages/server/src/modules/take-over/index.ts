export { takeOverHandlers } from './handlers.ts'
export { loadTakeOver, placeOf, type TakeOverRow } from './load.ts'
export { viewTakeOver, type TakeOverView } from './view.ts'
