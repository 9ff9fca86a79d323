// The pages that anybody may open, and the frame around every page.
import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { NoSuchPage } from './shell/broken-page.tsx'
import { Frame } from './shell/frame.tsx'

export const root = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/public/home.tsx'), 'Home'),
})

const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  component: lazyRouteComponent(() => import('./routes/public/notices.tsx'), 'Notices'),
})

const notice = createRoute({
  getParentRoute: () => root,
  path: '/notices/$id',
  component: lazyRouteComponent(() => import('./routes/public/notice.tsx'), 'Notice'),
})

const rounds = createRoute({
  getParentRoute: () => root,
  path: '/rounds',
  component: lazyRouteComponent(() => import('./routes/public/rounds.tsx'), 'Rounds'),
})

const round = createRoute({
  getParentRoute: () => root,
  path: '/rounds/$id',
  component: lazyRouteComponent(() => import('./routes/public/round.tsx'), 'RoundPage'),
})

const progress = createRoute({
  getParentRoute: () => root,
  path: '/progress',
  component: lazyRouteComponent(() => import('./routes/public/progress.tsx'), 'Progress'),
})

const programme = createRoute({
  getParentRoute: () => root,
  path: '/programmes/$id',
  component: lazyRouteComponent(() => import('./routes/public/programme.tsx'), 'Programme'),
})

const measures = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  component: lazyRouteComponent(() => import('./routes/public/measures.tsx'), 'Measures'),
})

const measure = createRoute({
  getParentRoute: () => root,
  path: '/policies/$hash',
  component: lazyRouteComponent(() => import('./routes/public/measure.tsx'), 'MeasurePage'),
})

const measureComparison = createRoute({
  getParentRoute: () => root,
  path: '/policies/compare',
  component: lazyRouteComponent(() => import('./routes/public/measure-comparison.tsx'), 'MeasureComparison'),
})

const calculator = createRoute({
  getParentRoute: () => root,
  path: '/calculator',
  component: lazyRouteComponent(() => import('./routes/public/calculator.tsx'), 'Calculator'),
})

const calculatorAll = createRoute({
  getParentRoute: () => root,
  path: '/calculator/all',
  component: lazyRouteComponent(() => import('./routes/public/calculator-all.tsx'), 'CalculatorAll'),
})

const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/catalogue',
  component: lazyRouteComponent(() => import('./routes/public/catalogue.tsx'), 'Catalogue'),
})

const openData = createRoute({
  getParentRoute: () => root,
  path: '/open-data',
  component: lazyRouteComponent(() => import('./routes/public/open-data.tsx'), 'OpenData'),
})

const ask = createRoute({
  getParentRoute: () => root,
  path: '/ask',
  component: lazyRouteComponent(() => import('./routes/public/ask.tsx'), 'Ask'),
})

const appraisals = createRoute({
  getParentRoute: () => root,
  path: '/appraisals',
  component: lazyRouteComponent(() => import('./routes/public/appraisals.tsx'), 'Appraisals'),
})

const searchPage = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazyRouteComponent(() => import('./routes/public/search.tsx'), 'SearchPage'),
})

const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => import('./routes/public/verify.tsx'), 'VerifyPage'),
})

const proof = createRoute({
  getParentRoute: () => root,
  path: '/proof',
  component: lazyRouteComponent(() => import('./routes/public/proof.tsx'), 'ProofPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./routes/public/sign-in.tsx'), 'SignIn'),
})

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  component: lazyRouteComponent(() => import('./routes/public/enrol.tsx'), 'Enrol'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./routes/public/set-up.tsx'), 'SetUp'),
})

export const publicRoutes = [
  home,
  notices,
  notice,
  rounds,
  round,
  progress,
  programme,
  measures,
  measure,
  measureComparison,
  calculator,
  calculatorAll,
  catalogue,
  openData,
  ask,
  appraisals,
  searchPage,
  verify,
  proof,
  signIn,
  enrol,
  setUp,
] as const
