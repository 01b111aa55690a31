import { readForm } from '../../ui/searchValues.ts'

/** What is shown; all of it stands in the address. `vekter` are numbers with hyphens between, in the order of the indicators. */
export type DistributionSearch = { grunnlag?: 'register'; boligform?: string; vekter?: string }

const WEIGHT = /^(10|\d)([.,]\d{1,2})?$/

/** Reads the address. What is malformed is left out; the page then shows the usual. */
export function readDistributionSearch({ grunnlag, boligform, vekter }: Record<string, unknown>): DistributionSearch {
  return {
    ...(grunnlag === 'register' ? { grunnlag } : {}),
    ...readForm(boligform),
    ...(typeof vekter === 'string' && weightsOf(vekter) !== undefined ? { vekter } : {}),
  }
}

function weightsOf(text: string): number[] | undefined {
  const parts = text.split('-')
  return parts.length <= 10 && parts.every((part) => readWeight(part) !== undefined)
    ? parts.map((part) => readWeight(part) ?? 0)
    : undefined
}

/** A weight as somebody types it, from 0 to 10 with at most two decimals; undefined when it is none. */
export function readWeight(typed: string): number | undefined {
  const text = typed.trim()
  if (!WEIGHT.test(text)) return undefined
  const value = Number(text.replace(',', '.'))
  return value <= 10 ? value : undefined
}

/** The weights of the address as the service takes them; undefined where there are none, too few or nothing that weighs. */
export function askedWeights(vekter: string | undefined, series: readonly string[]): string | undefined {
  const weights = vekter === undefined ? undefined : weightsOf(vekter)
  if (weights === undefined || weights.length !== series.length || weights.every((weight) => weight === 0))
    return undefined
  return series.map((id, at) => `${id}:${weights[at]}`).join(',')
}
