import type { components, paths } from './openapi.generated.ts'

type Schemas = components['schemas']

/** What a POST or PATCH takes, by the path it is sent to: the names of request bodies are the document's own affair. */
type Body<P extends keyof paths, M extends 'post' | 'patch'> = paths[P] extends {
  [method in M]: { requestBody: { content: { 'application/json': infer B } } }
}
  ? B
  : never

export type Capabilities = Schemas['Capabilities']

export type BreakGlass = Schemas['BreakGlass']
export type NewBreakGlass = Body<'/api/v1/break-glass', 'post'>
export type BreakGlassReview = Body<'/api/v1/break-glass/{id}/review', 'post'>
export type PersonBehindGlass = Schemas['PersonBehindGlass']
export type Circle = Schemas['Circle']
export type Circles = Schemas['Circles']

export type Need = Schemas['Need']
export type NeedRow = Schemas['NeedRow']
export type NeedChanges = Body<'/api/v1/needs/{id}', 'patch'>
export type ReadinessItem = Schemas['ReadinessItem']
export type Withdrawability = Schemas['Withdrawability']
export type NeedEvent = Schemas['NeedEvent']
export type Withdrawal = Body<'/api/v1/needs/{id}/withdrawal', 'post'>
export type Assessment = Schemas['Assessment']
export type NewAssessment = Body<'/api/v1/needs/{id}/assessments', 'post'>

export type Resident = Schemas['Resident']
export type ResidentHit = Schemas['ResidentHits']['items'][number]
export type ResidentHits = Schemas['ResidentHits']
export type ResidentSearch = Body<'/api/v1/residents/search', 'post'>
export type NewResident = Body<'/api/v1/residents', 'post'>
export type ResidentChanges = Body<'/api/v1/residents/{id}', 'patch'>
export type Child = Schemas['Child']
export type Consent = Schemas['Consent']
export type NewConsent = Body<'/api/v1/residents/{id}/consents', 'post'>
export type NeverTogether = Schemas['NeverTogether']

export type MatchSummary = Schemas['MatchPreview']
export type NeedMatches = Schemas['NeedMatches']
export type Relaxation = Schemas['Relaxation']
export type Requirements = Body<'/api/v1/match-previews', 'post'>
export type Explanation = Schemas['Explanation']
export type Fit = Schemas['Fit']

export type Task = Schemas['Task']
export type TaskCompletion = Body<'/api/v1/tasks/{id}/completion', 'post'>

export type Stay = Schemas['Stay']
export type Departure = Body<'/api/v1/stays/{id}/departure', 'post'>
export type StayExtension = Body<'/api/v1/stays/{id}/extension', 'post'>
export type DepartureCorrection = Body<'/api/v1/stays/{id}/departure-correction', 'post'>
export type MoveInCorrection = Body<'/api/v1/stays/{id}/move-in-correction', 'post'>
export type RightOfReturn = Schemas['RightOfReturn']
export type StayTransfer = Body<'/api/v1/stays/{id}/transfer', 'post'>
export type Closure = Schemas['Closure']
export type NewClosure = Body<'/api/v1/places/{id}/closures', 'post'>

export type Hold = Schemas['Hold']
export type NewHold = Body<'/api/v1/holds', 'post'>

export type Offer = Schemas['Offer']
export type NewOffer = Body<'/api/v1/offers', 'post'>
export type OfferDecline = Body<'/api/v1/offers/{id}/decline', 'post'>
export type NonArrival = Body<'/api/v1/offers/{id}/non-arrival', 'post'>
export type OfferWithdrawal = Body<'/api/v1/offers/{id}/withdrawal', 'post'>
export type SignedLease = Body<'/api/v1/offers/{id}/lease', 'post'>
export type LeaseProposal = Schemas['LeaseProposal']
export type PrivateHome = Body<'/api/v1/needs/{id}/private-home', 'post'>
export type MoveIn = Body<'/api/v1/offers/{id}/move-in', 'post'>

export type Facility = Schemas['Facility']
export type Place = Schemas['Place']
export type PlaceOccupancy = Schemas['PlaceOccupancy']
export type OccupancySegment = Schemas['OccupancySegment']
export type OccupancySummary = Schemas['OccupancySummary']
export type PlaceForm = Schemas['PlaceForm']
export type PlaceFeature = Schemas['PlaceFeature']
export type PlaceCount = Schemas['PlaceCount']
export type District = Schemas['District']
export type HousingForm = Schemas['HousingForm']
export type ReasonCode = Schemas['ReasonCode']
export type Rule = Schemas['Rule']
export type Policy = Schemas['Policy']
export type Vocabulary = Schemas['Vocabulary']

export type StatisticSeries = Schemas['StatisticSeries']
export type Statistics = Schemas['Statistics']
export type StatisticTable = Schemas['StatisticTable']
export type StatisticTableInShort = Schemas['StatisticTables']['items'][number]

/** A page of a list, and where the next one begins. */
export type Slice<T> = { items: T[]; nextCursor: string | null }
