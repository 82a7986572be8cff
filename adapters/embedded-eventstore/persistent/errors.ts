import { GrpcError, grpcStatus } from '../protocol/grpc-error.ts'

const about = (exception: string, source: string, group: string) => ({
  exception: `persistent-subscription-${exception}`,
  'stream-name': source,
  'group-name': group,
})

export const groupMissing = (source: string, group: string): GrpcError =>
  new GrpcError(
    grpcStatus.notFound,
    `Subscription group ${group} on stream ${source} does not exist.`,
    about('does-not-exist', source, group),
  )

export const groupExists = (source: string, group: string): GrpcError =>
  new GrpcError(
    grpcStatus.alreadyExists,
    `Subscription group ${group} on stream ${source} exists.`,
    about('exists', source, group),
  )

export const groupDropped = (source: string, group: string): GrpcError =>
  new GrpcError(
    grpcStatus.cancelled,
    `Subscription group ${group} on stream ${source} was dropped.`,
    about('dropped', source, group),
  )

export const groupFailed = (source: string, group: string, reason: string): GrpcError =>
  new GrpcError(grpcStatus.internal, `Subscription group ${group} on stream ${source} failed: '${reason}'`, {
    ...about('failed', source, group),
    reason,
  })

export const groupFull = (source: string, group: string): GrpcError =>
  new GrpcError(
    grpcStatus.failedPrecondition,
    `Maximum subscriptions reached for subscription group ${group} on stream ${source}.`,
    { ...about('', source, group), exception: 'maximum-subscribers-reached' },
  )
