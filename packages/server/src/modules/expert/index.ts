export { expertHandlers } from './handlers.ts'
export { materialOf } from './view.ts'
