// Signing: the site's key, where it is kept, and what it has published.
export { makePem, readPem, verifySignature, type PrivateKey } from './algorithms.ts'
export { loadKey, replaceKey } from './key-file.ts'
export { ownSigning, signingSettings, SigningRefusal, type SigningSettings } from './settings.ts'
export { openSigning, publishedKeys, type PublishedKey, type Signer } from './signer.ts'
