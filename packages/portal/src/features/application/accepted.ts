/** What the server takes as a document; it looks into the file, the name is only a hint. */
export const ACCEPTED = '.pdf,.png,.jpg,.jpeg'
