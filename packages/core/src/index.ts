// The foundations that every module of core stands on: refusals, assertions, exact powers, seeded randomness
// and canonical bytes. The modules themselves are imported by their own names: '@suanquan/core/<module>'.
export { assert } from './assert.ts'
export {
  canonicalBytes,
  canonicalText,
  hex,
  readCanonical,
  utf8,
  type CanonicalField,
  type Hash,
} from './canonical.ts'
export { powInt, powReal } from './numeric.ts'
export { seededRandom, type Random } from './random.ts'
export { accept, refuse, type Decision, type Refusal, type RefusalParams } from './refusal.ts'
export {
  endorsementBytes,
  keyId,
  signatureAlgorithms,
  type PublicKey,
  type SignatureAlgorithm,
  type Verify,
} from './signature.ts'
