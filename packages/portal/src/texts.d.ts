// The texts as types: a key that no locale has is a compile error.
import type across from './locales/zh-CN/across.json'
import type application from './locales/zh-CN/application.json'
import type archive from './locales/zh-CN/archive.json'
import type audit from './locales/zh-CN/audit.json'
import type author from './locales/zh-CN/author.json'
import type calculator from './locales/zh-CN/calculator.json'
import type capacity from './locales/zh-CN/capacity.json'
import type clawback from './locales/zh-CN/clawback.json'
import type dispute from './locales/zh-CN/dispute.json'
import type statement from './locales/zh-CN/statement.json'
import type components from './locales/zh-CN/components.json'
import type contract from './locales/zh-CN/contract.json'
import type credential from './locales/zh-CN/credential.json'
import type deduction from './locales/zh-CN/deduction.json'
import type desk from './locales/zh-CN/desk.json'
import type disbursement from './locales/zh-CN/disbursement.json'
import type disclosure from './locales/zh-CN/disclosure.json'
import type engagement from './locales/zh-CN/engagement.json'
import type events from './locales/zh-CN/events.json'
import type expert from './locales/zh-CN/expert.json'
import type fund from './locales/zh-CN/fund.json'
import type home from './locales/zh-CN/home.json'
import type identity from './locales/zh-CN/identity.json'
import type imprest from './locales/zh-CN/imprest.json'
import type impact from './locales/zh-CN/impact.json'
import type imports from './locales/zh-CN/imports.json'
import type ledger from './locales/zh-CN/ledger.json'
import type market from './locales/zh-CN/market.json'
import type measure from './locales/zh-CN/measure.json'
import type message from './locales/zh-CN/message.json'
import type metering from './locales/zh-CN/metering.json'
import type party from './locales/zh-CN/party.json'
import type people from './locales/zh-CN/people.json'
import type policy from './locales/zh-CN/policy.json'
import type pool from './locales/zh-CN/pool.json'
import type proof from './locales/zh-CN/proof.json'
import type project from './locales/zh-CN/project.json'
import type review from './locales/zh-CN/review.json'
import type round from './locales/zh-CN/round.json'
import type service from './locales/zh-CN/service.json'
import type settlement from './locales/zh-CN/settlement.json'
import type shell from './locales/zh-CN/shell.json'
import type site from './locales/zh-CN/site.json'
import type takeOver from './locales/zh-CN/take-over.json'
import type treasury from './locales/zh-CN/treasury.json'
import type tradePaper from './locales/zh-CN/trade-paper.json'
import type usage from './locales/zh-CN/usage.json'
import type voucher from './locales/zh-CN/voucher.json'
import type words from './locales/zh-CN/words.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    keySeparator: false
    resources: {
      across: typeof across
      application: typeof application
      archive: typeof archive
      audit: typeof audit
      author: typeof author
      calculator: typeof calculator
      capacity: typeof capacity
      clawback: typeof clawback
      dispute: typeof dispute
      statement: typeof statement
      components: typeof components
      contract: typeof contract
      credential: typeof credential
      deduction: typeof deduction
      desk: typeof desk
      disbursement: typeof disbursement
      disclosure: typeof disclosure
      engagement: typeof engagement
      events: typeof events
      expert: typeof expert
      fund: typeof fund
      home: typeof home
      identity: typeof identity
      impact: typeof impact
      imports: typeof imports
      imprest: typeof imprest
      ledger: typeof ledger
      market: typeof market
      measure: typeof measure
      message: typeof message
      metering: typeof metering
      party: typeof party
      people: typeof people
      policy: typeof policy
      pool: typeof pool
      proof: typeof proof
      project: typeof project
      review: typeof review
      round: typeof round
      service: typeof service
      settlement: typeof settlement
      shell: typeof shell
      site: typeof site
      'take-over': typeof takeOver
      treasury: typeof treasury
      'trade-paper': typeof tradePaper
      usage: typeof usage
      voucher: typeof voucher
      words: typeof words
    }
  }
}
