import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ProgrammeCommands } from '#commands/people/programmes.ts'
import { personIdSchema } from '#domain/people/ids.ts'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from './command-envelope.ts'
import { problemSchema } from './problem.ts'

const membersShape = { leaderId: personIdSchema, memberIds: z.array(personIdSchema).max(1000).default([]) }
const membersSchema = z.strictObject(membersShape)
const openingSchema = z.strictObject({
  id: personIdSchema,
  title: z.string().trim().min(1, 'a title is not empty').max(500),
  ...membersShape,
})

const params = z.object({ programmeId: z.string().max(200) })
const idAnswer = z.object({ id: z.string() })
const refusals = { 404: problemSchema, 409: problemSchema, 412: problemSchema, 422: problemSchema }
const tags = ['people']

type Parts = EnvelopeParts & { readonly programmes: ProgrammeCommands }

export const programmeCommandRoutes: FastifyPluginAsyncZod<Parts> = async (app, parts) => {
  const { programmes } = parts
  const headers = commandHeaders

  app.post(
    '/api/programmes',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Open a programme; its leader and members are users',
        tags,
        headers,
        body: openingSchema,
        response: { 201: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { id: programmeId, ...about } = request.body
      const envelope = envelopeOf(request, parts)
      const command = { type: 'OpenProgramme', programmeId, at: envelope.at, ...about } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.code(201).header('location', `/api/programmes/${programmeId}`).send({ id: programmeId })
    },
  )
  app.put(
    '/api/programmes/:programmeId/members',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Say who leads a programme and who is in it, all of them',
        tags,
        headers,
        params,
        body: membersSchema,
        response: { 200: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { programmeId } = request.params
      const envelope = envelopeOf(request, parts)
      const command = { type: 'NameMembers', programmeId, at: envelope.at, ...request.body } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.send({ id: programmeId })
    },
  )
  app.post(
    '/api/programmes/:programmeId/close',
    {
      config: { right: 'admin' },
      schema: {
        summary: 'Close a programme',
        tags,
        headers,
        params,
        response: { 200: idAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { programmeId } = request.params
      const envelope = envelopeOf(request, parts)
      const command = { type: 'CloseProgramme', programmeId, at: envelope.at } as const
      tellHandled(reply, await programmes(command, envelope))
      return reply.send({ id: programmeId })
    },
  )
}
