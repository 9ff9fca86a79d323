import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queryClient } from './client/queries.ts'
import { startTexts } from './i18n.ts'
import { router } from './router.tsx'
import { applyTypeSize, storedTypeSize } from './shell/type-size.ts'
import './styles/tokens.css'
import './styles/base.css'

async function start(): Promise<void> {
  applyTypeSize(storedTypeSize())
  await startTexts()
  createRoot(document.getElementById('root')!).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}

void start()
