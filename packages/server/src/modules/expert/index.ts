export { expertHandlers } from './handlers.ts'
