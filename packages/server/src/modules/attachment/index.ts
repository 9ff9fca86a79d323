export { attachmentHandlers, viewAttachment } from './handlers.ts'
export { unknownAttachment } from './unknown-attachment.ts'
