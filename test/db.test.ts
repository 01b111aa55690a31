import { runTogether } from './support/together.ts'

await runTogether(import.meta.filename)
