// Made from the description of the API by test/api/client.es.spec.ts; `npx vitest run -u` on it makes it anew.
interface None { query?: never; header?: never; path?: never; cookie?: never }
interface Refused { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } }
export interface paths {
"/api/session": {
parameters: None
/** Who you are here and what you may do; nobody is an answer, too */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Session"]
} }
429: Refused
default: Refused
}
}
put?: never
/** Sign in by password; the session is a cookie */
post: {
parameters: None
requestBody: { content: {
"application/json": {
"user": string
"password": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Session"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
/** Sign out */
delete: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Session"]
} }
429: Refused
default: Refused
}
}
options?: never
head?: never
patch?: never
trace?: never
}
"/api/session/first-admin": {
parameters: None
get?: never
put?: never
/** While nobody can sign in: the first admin, by the code that the start printed */
post: {
parameters: None
requestBody: { content: {
"application/json": {
/** as the start printed it */
"code": string
"user": string
"password": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Session"]
} }
401: Refused
403: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/session/password": {
parameters: None
get?: never
/** Another password of your own; everything signed in with the old one is signed out, but this */
put: {
parameters: None
requestBody: { content: {
"application/json": {
"old": string
"password": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Session"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/tokens": {
parameters: None
/** Your tokens, oldest first, without their secrets */
get: {
parameters: {
query?: {
/** everybody's; needs the right admin */
"all"?: "true" | "false"
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Token"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** A new token; the answer alone has its secret */
post: {
parameters: None
requestBody: { content: {
"application/json": {
"name": string
"scopes": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
/** good until revoked when left out */
"expiresAt"?: string
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
"user": string
"name": string
"scopes": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
"createdAt": string
/** null: good until revoked */
"expiresAt": string | null
/** to the minute; null: never */
"usedAt": string | null
/** to be sent as Authorization: Bearer */
"token": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/tokens/{id}": {
parameters: None
get?: never
put?: never
post?: never
/** Revoke a token: from now on it opens nothing */
delete: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
options?: never
head?: never
patch?: never
trace?: never
}
"/api/users/{userId}/password": {
parameters: None
get?: never
/** Set a user's password; who was signed in with the old one is signed out */
put: {
parameters: {
query?: never
header?: never
path: {
"userId": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"password": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/metrics": {
parameters: None
/** Prometheus metrics */
get: {
parameters: None
requestBody?: never
responses: {
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/health": {
parameters: None
/** Each part and how far the read models are; 503 when one is down */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Health"]
} }
429: Refused
503: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Health"]
} }
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/system/graph": {
parameters: None
/** What runs in this process, how full and how fast, and what flows where */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["SystemGraph"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/agents": {
parameters: None
/** Every agent: who runs it, its state, and its last failure */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Agent"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/site": {
parameters: None
/** The observatory: where it stands, what it carries, and the limits in force */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Site"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/system/parts": {
parameters: None
/** What runs in this process, how it is, and what may be ordered of it */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Part"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/system/parts/{name}/{order}": {
parameters: None
get?: never
put?: never
/** Stops a part of this process, starts it, or starts it anew; on record first */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"name": string
"order": "stop" | "start" | "restart"
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"why"?: string
} | null
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Part"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/environment/plc/status": {
parameters: None
get?: never
put?: never
/** Asks the PLC for its status, beside the polls; the answer is shown and on record */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
/** it is on record */
"eventId": string
"address": string
"answer": {
"source": {
"from": string
"firmware": string
"site": string
"date": string
}
"devices": ({
"name": string
"type": string
"serialNumber": string
"valid": string
"values": ({
"name": string
"value": number | string | boolean | null
"unit": string
"comment"?: string
})[]
})[]
} | null
/** why there is no answer */
"trouble": string | null
"tookMs": number
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/environment/fake-alarm": {
parameters: None
get?: never
put?: never
/** A fake alarm: the simulated PLC says that it rains, and all that follows is simulated */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
/** 0 ends an alarm */
"rainMmH"?: number
"forS"?: number
"why"?: string
} | null
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": {
"eventId": string
"rainMmH": number
"forS": number
}
} }
401: Refused
403: Refused
409: Refused
429: Refused
502: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights/{night}/notes": {
parameters: None
/** What people wrote into the log of a night, newest first */
get: {
parameters: {
query?: {
"limit"?: number
}
header?: never
path: {
"night": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Note"])[]
}
} }
401: Refused
403: Refused
429: Refused
503: Refused
default: Refused
}
}
put?: never
/** Writes a line into the log of the night that goes on, for all who listen */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"night": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
/** stays in the log for good */
"text": string
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"night": string
"text": string
"eventId": string
}
} }
401: Refused
403: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/weatherwatch": {
parameters: None
/** The weather, one row per answered poll, newest first */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** rows with a smaller id only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** of so many polls one row, for longer spans */
"every"?: number
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Weatherwatch"])[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/sitewatch": {
parameters: None
/** The inside, one row per answered poll, newest first */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** rows with a smaller id only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** of so many polls one row, for longer spans */
"every"?: number
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Sitewatch"])[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/devices": {
parameters: None
/** Every device: line, status, faults */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Device"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/devices/{name}": {
parameters: None
/** One device, its commands, what it was told of late, and its alarms */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"name": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"link": {
"state": "up" | "lost" | "unknown"
"since": string | null
"detail": string | null
}
/** as it was last seen; null before */
"status": Record<string, unknown> | null
"faults": ({
"code": string
"text": string
})[]
"updated": string | null
"capabilities": (string)[]
"commands": (components['schemas']["DeviceCommand"])[]
"alarms": ({
"raised_at": string
"code": string
"text": string
"step": string
})[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/devices/{name}/commands/{id}": {
parameters: None
/** What became of a command; with wait, as soon as it is over */
get: {
parameters: {
query?: {
/** s: how long to wait for its end (A16) */
"wait"?: number
}
header?: never
path: {
"name": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["DeviceCommand"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/devices/{name}/commands": {
parameters: None
get?: never
put?: never
/** Tells a device to do something; refused in automatic mode, but what makes the observatory safer */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"name": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
}
cookie?: never
}
requestBody: { content: {
"application/json": {
/** one of the device’s commands */
"name": string
"parameters"?: Record<string, unknown>
/** how long it may take */
"patienceS"?: number
}
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
400: Refused
401: Refused
403: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/images": {
parameters: None
/** Images, newest first */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** rows at the most */
"limit"?: number
/** older images only: `next` of the page before */
"before"?: string
"night"?: string
"request"?: string
"filter"?: string
/** light: of the sky; or for calibration */
"kind"?: "light" | "flat" | "dark" | "bias"
/** true: only images in which something was found that is in no catalogue */
"candidates"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Image"])[]
"next": string | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/images/{id}": {
parameters: None
/** One image: how it was taken, what it was corrected with and what was found in it */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["ImageDetail"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/images/{id}/fits": {
parameters: None
/** The FITS file */
get: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/images/{id}/calibrated.fits": {
parameters: None
/** The FITS file as it was corrected: 32-bit floating point, counts */
get: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/masters": {
parameters: None
/** Master frames: what images are corrected with, the newest night first */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** of which their frames are */
"night"?: string
"limit"?: number
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["MasterFrame"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/masters/{id}/fits": {
parameters: None
/** The FITS file of a master, 32-bit floating point */
get: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/images/{id}/preview.png": {
parameters: None
/** The image for the eye: stretched, north up */
get: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/environment": {
parameters: None
/** What is known of the environment now: each quantity, the verdict, why, and when the roof may open */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Environment"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts": {
parameters: None
/** Every alert with what became of it, newest first */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** rows with a smaller id only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
"mission"?: string
"outcome"?: "observe" | "wait" | "ignore"
"state"?: "active" | "retracted"
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": ({
/** how the alert is called here: mission and its trigger id */
"trigger": string
/** orders and pages the list; greater is newer */
"id": number
"mission": string
/** the mission's own name of it, verbatim */
"trigger_id": string
"night": string
"site": string
"simulated": boolean
/** active or retracted */
"state": string
"instrument": string | null
/** of the notice that knows the place best */
"notice_type": string | null
"event_at": string | null
/** ° J2000 */
"ra_deg": number | null
/** ° J2000 */
"dec_deg": number | null
/** °, the radius that holds it in 90 of 100 cases */
"error_deg": number | null
/** why nobody must act on it; empty for the real thing */
"test_signs": unknown
"false_alarm_hints": unknown
"notices": number
"received_at": string
"judged_at": string | null
/** observe, wait or ignore */
"outcome": string | null
"reason": string | null
"strategy": string | null
"strategy_version": number | null
"request_id": string | null
/** none, made, revised or withdrawn */
"request_state": string
"requested_at": string | null
"cancelled": boolean
"updated": string
/** begun so far */
"observations": number | null
})[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts/notices": {
parameters: None
/** Every notice that came in, those that could not be read among them, newest first */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** rows with a smaller id only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"state"?: "read" | "quarantined"
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["AlertNotice"])[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Take in a notice: VOEvent XML or JSON, answered once it is on record */
post: {
parameters: None
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["NoticeReceipt"]
} }
400: Refused
401: Refused
403: Refused
413: Refused
415: Refused
429: Refused
503: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts/strategies": {
parameters: None
/** What is done about which alerts, as adopted last */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": ({
"strategy": {
"name": string
"description": string
"enabled": boolean
"order": number
"match": {
"missions": (string)[]
"instruments"?: (string)[]
"noticeTypes"?: (string)[]
"radiusFromDeg"?: number
"radiusBelowDeg"?: number
}
"gates": {
"maxErrorRadiusDeg": number
"maxAgeS": number
"minGalacticLatitudeDeg"?: number
"maxFalseAlarmRateHz"?: number
"minSignalToNoise"?: number
"significantOnly": boolean
"refusedHints": (string)[]
"minVisibleS": number
"maxPerNight": number
"maxPerNightOfMission"?: number
}
"request": {
"pattern": {
"kind": "centred"
} | {
"kind": "tiles"
"fieldDeg": number
"overlap": number
"maxTiles": number
}
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
"overheadS": number
"priority": number
"level": number
"validS": number
"constraints": {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"cadence": {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality": number
"programmeId": string
"userId": string
}
"policy": {
"refinedWhileRunning": "leave" | "revise"
"worthRevising": number
"retractedWhileRunning": "finish" | "stop"
}
"drill": boolean
}
"strategyVersion": number
"adoptedAt": string
/** kind:id */
"adoptedBy": string
})[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Adopts a strategy: the next notice is judged by it */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
"name": string
"description"?: string
"enabled"?: boolean
"order"?: number
"match": {
"missions": (string)[]
"instruments"?: (string)[]
"noticeTypes"?: (string)[]
"radiusFromDeg"?: number
"radiusBelowDeg"?: number
}
"gates": {
"maxErrorRadiusDeg": number
"maxAgeS": number
"minGalacticLatitudeDeg"?: number
"maxFalseAlarmRateHz"?: number
"minSignalToNoise"?: number
"significantOnly"?: boolean
"refusedHints"?: (string)[]
"minVisibleS"?: number
"maxPerNight": number
"maxPerNightOfMission"?: number
}
"request": {
"pattern": {
"kind": "centred"
} | {
"kind": "tiles"
"fieldDeg": number
"overlap"?: number
"maxTiles": number
}
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
"overheadS"?: number
"priority": number
"level": number
"validS": number
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"cadence"?: {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality"?: number
"programmeId"?: string
"userId"?: string
}
"policy"?: {
"refinedWhileRunning"?: "leave" | "revise"
"worthRevising"?: number
"retractedWhileRunning"?: "finish" | "stop"
}
"drill"?: boolean
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"name": string
"strategyVersion": number | null
}
} }
401: Refused
403: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts/{trigger}": {
parameters: None
/** One alert: notices, revisions, verdicts, request, observations, and how long each step took */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"trigger": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"alert": components['schemas']["Alert"]
"notices": (components['schemas']["AlertNotice"])[]
"steps": ({
"event_id": string
"type": string
"at": string
"summary": string
"data": unknown
})[]
"requests": ({
"request_id": string
"submitted_at": string
"sequences": number
})[]
"schedules": ({
"event_id": string
"request_id": string
"published_at": string
"starts_at": string
})[]
"observations": ({
"sequence_id": string
"attempt": number
"request_id": string
"state": string
"started_at": string | null
"ended_at": string | null
"images_taken": number | null
"images_expected": number | null
})[]
/** sources in its images that are in no catalogue; 1000 at the most */
"candidates": ({
"candidate_id": string
"request_id": string
"image_id": string
"found_at": string
/** ICRS */
"ra_deg": number
"dec_deg": number
/** signal-to-noise */
"snr": number
"magnitude": number | null
"filter": string
/** in which it is not; `simulated sky` is that of the simulators */
"catalogue": string
})[]
/** milliseconds from the first notice to the first of each step; null where it was not taken */
"latencyMs": {
"judged": number | null
"requested": number | null
"submitted": number | null
"scheduled": number | null
"observed": number | null
}
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts/{trigger}/cancel": {
parameters: None
get?: never
put?: never
/** Takes an alert off: its request is withdrawn, and what runs of it ends */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
}
path: {
"trigger": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"why"?: string
}
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": {
"trigger": string
"cancelled": boolean
}
} }
401: Refused
403: Refused
404: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/alerts/fake": {
parameters: None
get?: never
put?: never
/** A fake alert: goes the way of a real one, and only simulated devices act on it */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
/** ° J2000 */
"raDeg": number
/** ° J2000 */
"decDeg": number
/** °, 90 % radius */
"errorDeg"?: number
/** when it happened; now when left out */
"eventAt"?: string
}
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": {
"trigger": string
"notice": string
"eventId": string
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/requests": {
parameters: None
/** Requests, newest first; all filters given must hold */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** requests drafted before this place only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"status"?: "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
"user"?: string
"programme"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["RequestSummary"])[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Hand in a request, JSON or XML; it is submitted unless it is a draft */
post: {
parameters: {
query?: {
/** keep it as a draft, whatever it says itself; submit it later */
"draft"?: "true" | "false"
/** XML only: what is merely odd is refused, too */
"strict"?: "true" | "false"
}
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
"name": string
"user"?: string
"country"?: string
"programme"?: string
"targetType"?: string
"priority"?: number
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"sequences": ({
"name": string
"target": {
"name"?: string
"ra": number | string
"dec": number | string
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS"?: number
"priority"?: number
"tier"?: "time-critical" | "normal" | "filler"
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt"?: string | null
"preferredToleranceS"?: number
"cadence"?: {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality"?: number
"albums"?: ({
"name"?: string
"detector": "visible" | "infrared"
"plans": ({
"name"?: string
"filter": string
"exposureS": number
"images"?: number
})[]
})[]
})[]
}
"application/xml": {
"name": string
"user"?: string
"country"?: string
"programme"?: string
"targetType"?: string
"priority"?: number
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"sequences": ({
"name": string
"target": {
"name"?: string
"ra": number | string
"dec": number | string
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS"?: number
"priority"?: number
"tier"?: "time-critical" | "normal" | "filler"
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt"?: string | null
"preferredToleranceS"?: number
"cadence"?: {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality"?: number
"albums"?: ({
"name"?: string
"detector": "visible" | "infrared"
"plans": ({
"name"?: string
"filter": string
"exposureS": number
"images"?: number
})[]
})[]
})[]
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/requests/{id}": {
parameters: None
/** A request with all that is asked for; its ETag is what If-Match wants */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Request"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
/** Another content instead; If-Match says which revision it takes the place of */
put: {
parameters: {
query?: {
/** XML only: what is merely odd is refused, too */
"strict"?: "true" | "false"
}
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"id": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"name": string
"user"?: string
"country"?: string
"programme"?: string
"targetType"?: string
"priority"?: number
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"sequences": ({
"name": string
"target": {
"name"?: string
"ra": number | string
"dec": number | string
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS"?: number
"priority"?: number
"tier"?: "time-critical" | "normal" | "filler"
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt"?: string | null
"preferredToleranceS"?: number
"cadence"?: {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality"?: number
"albums"?: ({
"name"?: string
"detector": "visible" | "infrared"
"plans": ({
"name"?: string
"filter": string
"exposureS": number
"images"?: number
})[]
})[]
})[]
}
"application/xml": {
"name": string
"user"?: string
"country"?: string
"programme"?: string
"targetType"?: string
"priority"?: number
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"sequences": ({
"name": string
"target": {
"name"?: string
"ra": number | string
"dec": number | string
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS"?: number
"priority"?: number
"tier"?: "time-critical" | "normal" | "filler"
"windows"?: ({
"from"?: string
"until"?: string
})[]
"constraints"?: {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt"?: string | null
"preferredToleranceS"?: number
"cadence"?: {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality"?: number
"albums"?: ({
"name"?: string
"detector": "visible" | "infrared"
"plans": ({
"name"?: string
"filter": string
"exposureS": number
"images"?: number
})[]
})[]
})[]
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
post?: never
/** Take it back, for good */
delete: {
parameters: {
query?: {
"why"?: string
}
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
options?: never
head?: never
patch?: never
trace?: never
}
"/api/sequences": {
parameters: None
/** Sequences with their status and its reason, by request and place in it; all filters given must hold */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** sequences behind this one only: `next` of the page before */
"after"?: string
"status"?: "DRAFT" | "INVALID" | "TOBEPLANNED" | "PLANNED" | "EXECUTING" | "EXECUTED" | "FAILED" | "CANCELLED" | "UNPLANNABLE"
"request"?: string
"user"?: string
"programme"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["SequenceSummary"])[]
/** `after` of the next page; null when this was the last */
"next": string | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/sequences/{id}": {
parameters: None
/** A sequence: what is asked for, how it stands, and the request it belongs to */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Sequence"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/requests/fake": {
parameters: None
get?: never
put?: never
/** Submit a made-up request for a target that can be seen now */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody?: never
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/requests/{id}/submit": {
parameters: None
get?: never
put?: never
/** Ask for what was drafted */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/requests/{id}/withdraw": {
parameters: None
get?: never
put?: never
/** Take it back, for good */
post: {
parameters: {
query?: {
"why"?: string
}
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["RequestReceipt"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedule": {
parameters: None
/** The plan in force: what is to be observed when, and why the rest is left out */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Schedule"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
/** Plan anew; the answer says where to see when it is done */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
/** keep what is planned unless another plan is better by rule, or plan all that has not begun anew */
"keep"?: boolean
"why"?: string
} | null
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
"href": string
}
} }
401: Refused
403: Refused
422: Refused
429: Refused
503: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedules": {
parameters: None
/** Every version of a night’s plan, newest first, with what asked for it and what it changed */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** the one to be planned now where it is not given: from dawn on the coming one */
"night"?: string
"limit"?: number
/** versions below it only */
"before"?: number
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["ScheduleVersion"])[]
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedules/{night}/{version}": {
parameters: None
/** One version of a night’s plan */
get: {
parameters: {
query?: never
header?: never
path: {
"night": string
"version": number
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Schedule"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedules/{night}/{version}/changes": {
parameters: None
/** What a version changed: what came in, what gave way, what moved, and what asked for it */
get: {
parameters: {
query?: never
header?: never
path: {
"night": string
"version": number
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["ScheduleChanges"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedule/asks/{id}": {
parameters: None
/** What became of an ask for a plan */
get: {
parameters: {
query?: never
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["ScheduleAsk"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedule.ics": {
parameters: None
/** The plan in force as iCalendar, to subscribe to */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"text/calendar": string
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedule.csv": {
parameters: None
/** The plan in force as CSV */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"text/csv": string
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/schedule.votable": {
parameters: None
/** The plan in force as VOTable, with the columns of IVOA’s ObsLocTAP */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/x-votable+xml": string
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/sequences/{id}/why-not": {
parameters: None
/** Why a sequence is not in the newest plan, with figures and what would have to change */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["WhyNot"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/visibility": {
parameters: None
/** When a target can be observed in a night, and how it stands meanwhile */
get: {
parameters: {
query: {
/** right ascension: degrees, or hours as 05:34:31.9 */
"ra": number | string
/** declination: degrees, or +22:00:52 */
"dec": number | string
/** the present one where it is not given, from dawn on the coming one */
"night"?: string
/** degrees */
"minAltitude"?: number
"maxAirmass"?: number
/** degrees, at least */
"moonSeparation"?: number
/** degrees, at most */
"sunAltitude"?: number
/** seconds from one moment to the next */
"every"?: number
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Visibility"]
} }
400: Refused
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights/{night}/what-if": {
parameters: None
/** What the verdicts of a night would have been under other limits */
get: {
parameters: {
query?: {
/** quantity.limit=number, e.g. wind.unsafeKmh=45; may be given several times */
"set"?: string | (string)[]
}
header?: never
path: {
/** the date of its evening */
"night": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["WhatIf"]
} }
400: Refused
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
503: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections": {
parameters: None
/** Every read model: how far it is, how fast, and what is being rebuilt */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Projection"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}": {
parameters: None
/** One read model */
get: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/rebuild": {
parameters: None
get?: never
put?: never
/** Fill it anew beside the live one, compare, and swap; Location tells how far it is */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
/** wait for resume before swapping rows that differ */
"hold"?: boolean
} | null
} }
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/pause": {
parameters: None
get?: never
put?: never
/** Hold a rebuild where it stands */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/resume": {
parameters: None
get?: never
put?: never
/** Let a rebuild go on; one that waits because of differences swaps */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/cancel": {
parameters: None
get?: never
put?: never
/** End a rebuild and drop what it filled */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/rollback": {
parameters: None
get?: never
put?: never
/** Back to what was live before the last swap */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/drop-old": {
parameters: None
get?: never
put?: never
/** Drop what was live before the last swap */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/projections/{name}/retry": {
parameters: None
get?: never
put?: never
/** Try the event again at which it stopped */
post: {
parameters: {
query?: never
header?: never
path: {
"name": string
}
cookie?: never
}
requestBody?: never
responses: {
202: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Projection"]
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/users": {
parameters: None
/** Users by id, with their names as they are today for those who may know them */
get: {
parameters: {
query?: {
"role"?: "observer" | "operator" | "admin" | "auditor"
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["User"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Register a user; repeating it mends one that was cut short */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
/** made up when left out; stands in the log for ever, so no name */
"id"?: string
"displayName": string
"email": string
"country"?: string | null
"level"?: number
"roles"?: ("observer" | "operator" | "admin" | "auditor")[]
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/users/{userId}": {
parameters: None
/** A user */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"userId": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["User"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
/** Erase a user: name and address are gone for good, the log keeps the id */
delete: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"userId": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
options?: never
head?: never
patch?: never
trace?: never
}
"/api/users/{userId}/profile": {
parameters: None
get?: never
/** Another name and address; nothing of it goes into the log */
put: {
parameters: {
query?: never
header?: never
path: {
"userId": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"displayName": string
"email": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
default: Refused
}
}
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/users/{userId}/roles/{role}": {
parameters: None
get?: never
/** Give a user a role */
put: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"userId": string
"role": "observer" | "operator" | "admin" | "auditor"
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
412: Refused
429: Refused
default: Refused
}
}
post?: never
/** Take a role from a user */
delete: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"userId": string
"role": "observer" | "operator" | "admin" | "auditor"
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
412: Refused
429: Refused
default: Refused
}
}
options?: never
head?: never
patch?: never
trace?: never
}
"/api/programmes": {
parameters: None
/** Scientific programmes by id */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Programme"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Open a programme; its leader and members are users */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
"id": string
"title": string
"leaderId": string
"memberIds"?: (string)[]
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
412: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/programmes/{programmeId}": {
parameters: None
/** A scientific programme */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"programmeId": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Programme"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/programmes/{programmeId}/members": {
parameters: None
get?: never
/** Say who leads a programme and who is in it, all of them */
put: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"programmeId": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
"leaderId": string
"memberIds"?: (string)[]
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
412: Refused
422: Refused
429: Refused
default: Refused
}
}
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/programmes/{programmeId}/close": {
parameters: None
get?: never
put?: never
/** Close a programme */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path: {
"programmeId": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"id": string
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
412: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/quotas": {
parameters: None
/** What users, countries and programmes were granted, hold and have spent */
get: {
parameters: {
query?: {
"period"?: string
"level"?: "user" | "country" | "programme"
"id"?: string
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["QuotaAccount"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
/** Grant time to a user, a country or a programme; grants add up */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
"level": "user"
"id": string
"period": string
"seconds": number
"why": string
} | {
"level": "programme"
"id": string
"period": string
"seconds": number
"why": string
} | {
"level": "country"
"id": string
"period": string
"seconds": number
"why": string
}
} }
responses: {
201: { headers: { [name: string]: unknown }
content: {
"application/json": {
"account": {
"level": "user" | "country" | "programme"
"id": string
"period": string
}
}
} }
401: Refused
403: Refused
422: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/quotas/{period}/{level}/{id}": {
parameters: None
/** The entries of one account, newest first */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** rows with a smaller id only: `next` of the page before */
"before"?: number
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"period": string
"level": "user" | "country" | "programme"
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["QuotaEntry"])[]
/** `before` of the next page; null when this was the last */
"next": number | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/journal": {
parameters: None
/** Every event there is, of every type, without its data; all filters given must hold */
get: {
parameters: {
query?: {
/** rows at the most */
"limit"?: number
/** which comes first */
"order"?: "newest" | "oldest"
/** rows beyond this place in the log only: `next` of the page before */
"cursor"?: string
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
"night"?: string
/** an event type; repeat it for several */
"type"?: ("WeatherReadingRecorded" | "SiteReadingRecorded" | "PlcReplyRejected" | "PlcLinkLost" | "PlcLinkRestored" | "EnvironmentAssessed" | "EnvironmentWentStale" | "SafetyVerdictGiven" | "NightEventsHashed" | "NightSealed" | "NightOpened" | "NightPhaseEntered" | "ObservingSuspended" | "ObservingResumed" | "ControlModeChanged" | "NightClosed" | "UserRegistered" | "RoleGranted" | "RoleRevoked" | "UserErased" | "ProgrammeOpened" | "ProgrammeMembersNamed" | "ProgrammeClosed" | "SignedIn" | "SignInRefused" | "PasswordSet" | "TokenIssued" | "TokenRevoked" | "QuotaGranted" | "QuotaReserved" | "QuotaReleased" | "QuotaSpent" | "RequestDrafted" | "RequestSubmitted" | "RequestRevised" | "RequestRefused" | "RequestWithdrawn" | "ScheduleAsked" | "SchedulePublished" | "ScheduleExplained" | "ObservationStarted" | "PlanStarted" | "ImageAcquired" | "PlanFinished" | "ObservationFinished" | "ObservationAborted" | "SequenceMissed" | "CalibrationFrameAcquired" | "MasterFrameBuilt" | "MasterFrameNotBuilt" | "ImageCalibrated" | "ImageNotCalibrated" | "TransientCandidateFound" | "DeviceCommandRequested" | "DeviceCommandAgreed" | "DeviceCommandRefused" | "DeviceCommandCompleted" | "DeviceCommandFailed" | "DeviceCommandTimedOut" | "DeviceStatusRecorded" | "DeviceLinkLost" | "DeviceLinkRestored" | "DeviceAlarmRaised" | "FakeAlarmAsked" | "PlcStatusAsked" | "PartOrdered" | "NightNoteWritten" | "NoticeReceived" | "NoticeRead" | "NoticeQuarantined" | "NoticeConflicted" | "TriggerOpened" | "TriggerRefined" | "TriggerNoticeAdded" | "TriggerRetracted" | "TriggerUnretracted" | "TriggerNoticeRefused" | "TriggerJudged" | "AlertRequestMade" | "AlertRequestRevised" | "AlertRequestWithdrawn" | "AlertCancelled" | "TriggersCoincided" | "StrategyAdopted" | "ProcessReacted" | "TimerFired" | "ProcessCommandRefused" | "AgentClaimed" | "AgentHostSeen" | "AgentReady" | "AgentActivated" | "AgentFailed" | "AgentTerminated" | "AgentRestarted" | "AgentGivenUp" | "AgentMessageSent" | "AgentMessageAgreed" | "AgentMessageRefused" | "AgentMessageHandled" | "AgentMessageFailed" | "AgentMessageUnhandled" | "AgentMessageTimedOut" | "AgentMessageRevoked" | "AgentMessageAborted" | "AgentReplyDropped")[]
"stream"?: string
"actor"?: string
"causation"?: string
"correlation"?: string
/** occurred then or later */
"from"?: string
/** occurred then or earlier */
"to"?: string
"simulated"?: "true" | "false"
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["JournalEntry"])[]
/** `cursor` of the next page; null when this was the last */
"next": string | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/events/{id}": {
parameters: None
/** One event with its data and metadata */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Event"]
} }
401: Refused
403: Refused
404: Refused
410: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/events/{id}/why": {
parameters: None
/** The chain of causes, back to readings, notices or people, as a graph and as a story */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** steps from the event at the most */
"depth"?: number
/** nodes at the most */
"nodes"?: number
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Why"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/events/{id}/consequences": {
parameters: None
/** What came of an event, as a graph */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** steps from the event at the most */
"depth"?: number
/** nodes at the most */
"nodes"?: number
}
header?: never
path: {
"id": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["Consequences"]
} }
401: Refused
403: Refused
404: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/night": {
parameters: None
/** The night as it goes: phase, mode, roof, what is done now and why, and what comes next */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["NightNow"]
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights": {
parameters: None
/** How each night went, newest first */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** rows at the most */
"limit"?: number
"before"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Night"])[]
"next": string | null
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/observations": {
parameters: None
/** Every attempt at a sequence, newest first */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** rows at the most */
"limit"?: number
"night"?: string
"sequence"?: string
"request"?: string
}
header?: never
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Observation"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights/{night}/missed": {
parameters: None
/** What had its turn in a night and was not begun, and why */
get: {
parameters: {
query?: {
/** as the system knew it at this instant */
"at"?: string
/** as the system knew it after this position of the log */
"position"?: string
/** not before the read model has come so far: what you wrote is in it then; 504 when that takes too long */
"min-position"?: string
/** rows at the most */
"limit"?: number
}
header?: never
path: {
"night": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["MissedSequence"])[]
}
} }
401: Refused
403: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/night/mode": {
parameters: None
get?: never
put?: never
/** Takes the observatory over by hand, or hands it back */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same command: repeated, it has one effect; 422 with another body */
"idempotency-key"?: string
/** the ETag that was looked at; 412 when it is another by now */
"if-match"?: string
}
path?: never
cookie?: never
}
requestBody: { content: {
"application/json": {
"mode": "automatic" | "manual" | "engineering"
"why": string
}
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"mode": "automatic" | "manual" | "engineering"
"night": string
"changed": boolean
}
} }
401: Refused
403: Refused
409: Refused
429: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights/{night}/report": {
parameters: None
/** What became of a night, as JSON, a page (Accept: text/html) or text (Accept: text/plain) */
get: {
parameters: {
query?: never
header?: never
path: {
"night": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": components['schemas']["NightReport"]
"text/html": string
"text/plain": string
} }
401: Refused
403: Refused
404: Refused
406: Refused
429: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/nights/{night}/replay": {
parameters: None
/** A night played in time as server-sent events: before, event, …, end. It only reads */
get: {
parameters: {
query?: {
"speed"?: number
/** where to begin: a UTC time of day in the night, e.g. 03:12, or an instant */
"at"?: string
/** every event, not only those that change something */
"all"?: "true" | "false"
}
header?: never
path: {
"night": string
}
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": unknown
} }
204: { headers: { [name: string]: unknown }
content: {
"application/json": unknown
} }
401: Refused
403: Refused
404: Refused
429: Refused
503: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/live/senders": {
parameters: None
/** Who can be heard on /api/live: what each declares, and who is connected */
get: {
parameters: None
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"items": (components['schemas']["Sender"])[]
}
} }
401: Refused
403: Refused
429: Refused
503: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/agents/{name}/requests/{request}": {
parameters: None
get?: never
put?: never
/** Asks an agent, e.g. ping or status; the reply comes to the asker only */
post: {
parameters: {
query?: never
header?: {
/** the same key is the same request */
"idempotency-key"?: string
}
path: {
"name": string
"request": string
}
cookie?: never
}
requestBody: { content: {
"application/json": {
/** what the request is about, as its sender wants it */
"params"?: unknown
/** s: how long an answer is waited for */
"timeoutS"?: number
} | null
} }
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": {
"reply": unknown
}
} }
401: Refused
403: Refused
404: Refused
409: Refused
429: Refused
502: Refused
504: Refused
default: Refused
}
}
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
"/api/live": {
parameters: None
/** What happens, as it happens, as server-sent events: hello, event (CloudEvents), model, slow-consumer */
get: {
parameters: {
query: {
/** one sender; any without it */
"sender"?: string
/** one of its events, or a channel (%23 and a name); everything without it */
"event"?: string
/** more of them, each sender:event, either side empty or * for any */
"subscribe": (string)[]
/** a read model whose changes to tell; repeat it for several */
"model": (string)[]
/** go on from here: everything after it, without loss or repetition */
"since"?: string
/** only what has this text in its type, sender or sentence, upper or lower case */
"pattern"?: string
}
header?: {
"last-event-id"?: string
}
path?: never
cookie?: never
}
requestBody?: never
responses: {
200: { headers: { [name: string]: unknown }
content: {
"application/json": unknown
} }
400: Refused
401: Refused
403: Refused
429: Refused
503: Refused
default: Refused
}
}
put?: never
post?: never
delete?: never
options?: never
head?: never
patch?: never
trace?: never
}
}
export interface components {
schemas: {
"ProblemInput": {
"type": string
"title": string
"status": number
"code": "invalid_request" | "invalid_json" | "invalid_range" | "invalid_time" | "cursor_unknown" | "limit_invalid" | "moment_ambiguous" | "body_missing" | "body_too_large" | "notice_empty" | "notice_too_large" | "media_type_unknown" | "unsupported_media_type" | "not_utf8" | "not_acceptable" | "xml_too_large" | "xml_not_utf8" | "xml_doctype_refused" | "xml_not_well_formed" | "xml_too_deep" | "bad_request" | "not_found" | "sign_in_needed" | "sign_in_refused" | "sign_in_slowed" | "sign_in_busy" | "first_admin_refused" | "session_needed" | "token_refused" | "not_allowed" | "not_yours" | "cross_site" | "scope_too_wide" | "rate_limited" | "part_unknown" | "alert_unknown" | "ask_unknown" | "command_unknown" | "device_unknown" | "environment_unknown" | "event_unknown" | "event_gone" | "image_unknown" | "image_not_calibrated" | "image_file_gone" | "image_unreadable" | "night_unknown" | "programme_unknown" | "projection_unknown" | "request_unknown" | "schedule_unknown" | "sequence_unknown" | "token_unknown" | "user_unknown" | "idempotency_key_reused" | "if_match_required" | "revision_outdated" | "user_exists" | "user_erased" | "email_taken" | "programme_exists" | "programme_closed" | "member_unknown" | "account_unknown" | "request_refused" | "request_withdrawn" | "night_not_current" | "night_not_open" | "observation_begun" | "engineering_mode" | "unknown_command" | "bad_parameters" | "mode_unknown" | "refused_in_automatic" | "refused_in_manual" | "refused_in_engineering" | "rebuild_running" | "no_rebuild" | "nothing_to_roll_back" | "nothing_to_drop" | "nothing_stopped" | "order_not_taken" | "plc_is_real" | "instant_in_future" | "before_the_log" | "position_beyond_end" | "CHANNEL_PREFIX_REQUIRED" | "CHANNEL_UNKNOWN" | "SENDER_UNKNOWN" | "EVENT_UNDECLARED" | "UNKNOWN_AGENT" | "SENDER_NOT_CONNECTED" | "NO_SUCH_REQUEST" | "TIMEOUT" | "REQUEST_REFUSED" | "REQUEST_FAILED" | "TOO_MANY_CLIENTS" | "position_unknown" | "page_not_built" | "plc_simulator_away" | "not_there_yet" | "as_of_unavailable" | "moment_being_prepared" | "too_many_replays" | "what_if_busy" | "event_undecodable" | "read_model_not_ready" | "read_models_unavailable" | "log_unavailable" | "busy" | "internal_error"
"detail": string
"errors"?: ({
"code"?: string
"path": string
"message": string
})[]
}
"SessionInput": {
/** null for nobody */
"user": string | null
"name": string | null
"roles": ("observer" | "operator" | "admin" | "auditor")[]
/** whether everybody on this machine may look */
"demo": boolean
/** nobody can sign in yet: the code that the start printed makes the first admin */
"firstAdmin": boolean
/** what may be done */
"may": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
/** of the session or token; null for none */
"expiresAt": string | null
}
"TokenInput": {
"id": string
"user": string
"name": string
"scopes": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
"createdAt": string
/** null: good until revoked */
"expiresAt": string | null
/** to the minute; null: never */
"usedAt": string | null
}
"SenderInput": {
"name": string
"about": string
"events": (string)[]
"channels": (string)[]
/** null for who is no process of its own */
"connected": boolean | null
}
"NightReportInput": {
"site": {
"id": string
"name": string
"timeZone": string
}
"night": string
"begins": string
"ends": string
/** the report’s end: the end of the night, or when it was asked for */
"asOf": string
"events": {
"count": number
"simulated": number
"firstAt": string
"lastAt": string
"byType": Record<string, number>
}
"rulesVersions": (string)[]
/** what else a night has, of which there is no event */
"notOnRecord": (string)[]
/** of the whole night, from its first event on */
"spentS": {
"safe": number
"warn": number
"unsafe": number
"unknown": number
/** no poll on record for longer than the weather may be trusted */
"unwatched": number
}
/** null where the sun does not set */
"roof": {
"from": string
"to": string
"passedS": number
/** safe or warn, with the sun down */
"couldOpenS": number
/** unsafe, unknown or unwatched, with the sun down */
"lostS": number
/** the roof wide open with the sun down; null without any word from the dome */
"wasOpenS": number | null
"spentS": {
"safe": number
"warn": number
"unsafe": number
"unknown": number
/** no poll on record for longer than the weather may be trusted */
"unwatched": number
}
"lostTo": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unsafeS": number
"unknownS": number
/** lost to this quantity and to no other */
"aloneS": number
})[]
} | null
"verdicts": {
"changes": number
"spans": ({
"state": "safe" | "warn" | "unsafe" | "unknown" | "unwatched"
"from": string
"to": string
})[]
"omitted": number
}
"weather": ({
"name": string
"unit": string
"min": number
"minAt": string
"max": number
"maxAt": string
"mean": number
"samples": number
})[]
"rain": ({
"from": string
"to": string
/** null where only a contact told */
"maxMmH": number | null
"polls": number
})[]
"plc": {
"outages": ({
"from": string
"to": string | null
"outageS": number
"detail": string | null
})[]
"outagesOmitted": number
"rejected": {
"count": number
"byReason": Record<string, number>
"first": ({
"at": string
"eventId": string
"reason": string
"detail": string
})[]
}
}
"flags": ({
"code": "CONFLICTING_RAIN" | "DUPLICATE_SERIAL" | "DUPLICATE_DEVICE" | "UNKNOWN_DEVICE" | "MISSING_VALUE" | "NOT_A_NUMBER" | "OUT_OF_RANGE" | "UNEXPECTED_UNIT" | "INVALID_DEVICE" | "FROZEN_VALUE" | "DEVICE_CLOCK_STOPPED" | "DEVICE_CLOCK_SKEWED" | "DEVICE_CLOCK_UNREADABLE"
"device": string
"value"?: string
"detail": string
"polls": number
"firstAt": string
"lastAt": string
})[]
"flagsOmitted": number
"course": {
"openedAt": string | null
/** at the end */
"mode": "automatic" | "manual" | "engineering" | null
"phases": ({
"phase": "day" | "opening" | "evening-flats" | "focusing" | "observing" | "morning-flats" | "closing" | "calibrations"
"from": string
"to": string
/** at its beginning */
"sunAltitudeDeg": number
})[]
"modeChanges": ({
"at": string
"mode": "automatic" | "manual" | "engineering"
"previous": "automatic" | "manual" | "engineering"
"why": string
"by": string
"eventId": string
})[]
"suspensions": ({
"from": string
/** null while it goes on */
"to": string | null
"suspendedS": number
/** the first, and what made it more than it was */
"causes": ({
"why": "weather" | "device" | "mode" | "person" | "restart"
"detail": string
"verdictId": string | null
"closesRoof": boolean
"at": string
"eventId": string
})[]
"resumed": {
"detail": string
"verdictId": string | null
"eventId": string
} | null
})[]
/** mode changes and suspensions too many to list */
"omitted": number
"closed": {
"at": string
"summary": string
} | null
"hours": {
/** the Sun below −12° to −10° */
"dark": {
"from": string
"to": string
"passedS": number
} | null
/** the roof wide open */
"openS": number
/** an observation under way */
"observingS": number
"suspendedS": number
"darkOpenS": number
"darkObservingS": number
"darkSuspendedS": number
/** dark, open, not suspended, and nothing observed */
"idleS": number
/** the roof not closed while the verdict was unsafe or unknown */
"exposedS": number
}
"roof": {
"spans": ({
"state": "open" | "moving" | "closed" | "unknown"
"from": string
"to": string
})[]
"omitted": number
}
}
"observing": {
"observations": ({
"sequenceId": string
"requestId": string
/** as the plan has it; the sequence’s id where no plan of the night names it */
"name": string
"attempt": number
"scheduleVersion": number
"from": string
/** null while it goes on, and where its end was never said */
"to": string | null
"outcome": "finished" | "aborted" | "running" | "no-end"
"why": "weather" | "alert" | "person" | "device" | "no-progress" | "night-over" | "withdrawn" | "restart" | null
"detail": string | null
"imagesTaken": number
"imagesExpected": number
/** exposure of its images, all detectors together */
"openShutterS": number
/** its end, or its beginning while it has none: what to ask why of */
"eventId": string
})[]
"missed": ({
"sequenceId": string
"requestId": string
"scheduleVersion": number
"why": "dome-closed" | "busy" | "suspended" | "manual" | "device" | "too-late"
"detail": string
"name": string
"at": string
"eventId": string
})[]
"missedByWhy": Record<string, number>
"totals": {
"observations": number
"finished": number
"aborted": number
"abortedByWhy": Record<string, number>
"missed": number
"images": number
/** by detector */
"exposureS": Record<string, number>
/** of the detector that exposed longest: detectors work side by side */
"openShutterS": number
/** openShutterS ÷ dark time so far; null while it was not dark */
"efficiency": number | null
}
}
"schedule": {
"plans": number
/** plans that only put an alert into the one before */
"alertsInserted": number
/** what plans were made for */
"causes": Record<string, number>
"last": {
"scheduleVersion": number
"at": string
"placed": number
"unplaced": number
"unplacedByCode": Record<string, number>
"value": number
/** no plan can be worth more */
"bound": number
"eventId": string
} | null
}
"alerts": {
"notices": {
"received": number
"bySource": Record<string, number>
/** of those that could be read */
"byMission": Record<string, number>
"quarantined": number
"conflicted": number
}
"triggers": ({
"trigger": string
"mission": string
"openedAt": string
/** that belong to it */
"notices": number
/** at the end */
"retracted": boolean
/** of the last judgement */
"outcome": "observe" | "ignore" | "wait" | null
"reason": string | null
"strategy": string | null
/** the first gate that did not let it pass */
"refusedBy": {
"gate": "authority" | "kind" | "test" | "drill" | "retracted" | "position" | "error-radius" | "age" | "false-alarm" | "false-alarm-rate" | "signal-to-noise" | "significance" | "galactic-latitude" | "visibility" | "rate" | "mission-rate"
"figure": number | string | boolean | null
"limit": number | string | boolean | null
"unit": string
"text": string
} | null
"requestId": string | null
/** why its request was taken back */
"withdrawn": string | null
/** null without a request */
"latency": {
/** the request made */
"requestedS": number | null
/** a plan that has it */
"scheduledS": number | null
/** its observation begun */
"startedS": number | null
/** its first exposure begun */
"firstImageS": number | null
} | null
/** its last judgement, or its opening: what to ask why of */
"eventId": string
})[]
"triggersOmitted": number
"retractions": number
"coincidences": number
}
"devices": {
"commands": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"requested": number
"completed": number
"failed": number
"timedOut": number
"refused": number
})[]
/** commands that did not come to their end */
"problems": ({
"at": string
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** of the command */
"name": string
"outcome": "refused" | "failed" | "timed-out"
"code": string | null
"why": string
"eventId": string
})[]
"problemsOmitted": number
/** what people asked of them */
"byHand": ({
"at": string
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** of the command */
"name": string
/** who */
"by": string
"eventId": string
})[]
"byHandOmitted": number
"links": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** null for before this night */
"from": string | null
"to": string | null
"downS": number
"detail": string | null
})[]
"linksOmitted": number
"alarms": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"code": string
/** as it was told last */
"text": string
/** up the ladder, in their order */
"steps": ({
"at": string
"step": "reconnect" | "reset" | "power-cycle" | "give-up"
})[]
"raised": number
/** the last of it */
"eventId": string
})[]
"alarmsOmitted": number
}
"calibrations": ({
"kind": "flat" | "dark" | "bias"
"detector": "visible" | "infrared"
/** of flats; the others see no light */
"filter": string | null
/** of darks; flats are as long as the sky wants them */
"exposureS": number | null
"frames": number
/** of them, near enough to the level wanted */
"usable": number
})[]
"images": {
"calibrated": number
/** of them, without a bias, dark or flat that fits */
"partly": number
/** whose file is gone or no image */
"refused": number
/** master frames built */
"masters": number
/** of stars; null without any */
"fwhmPx": {
"min": number
"mean": number
"max": number
} | null
"backgroundCounts": {
"min": number
"mean": number
"max": number
} | null
"limitingMagnitude": {
"min": number
"mean": number
"max": number
} | null
"sources": number
/** sources that are in no catalogue */
"candidates": number
}
"notes": {
"notes": ({
"at": string
/** kind and id, e.g. user ana */
"by": string
"text": string
"eventId": string
})[]
/** too many to list: the first are listed */
"omitted": number
}
"timeline": {
"from": string
"stepS": number
"steps": number
"tracks": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unit": string
/** the unsafe limit as the last judgement of the night had it */
"limit": number | null
/** step, min, mean, max */
"points": ([number, number, number, number])[]
})[]
}
}
"AlertInput": {
/** how the alert is called here: mission and its trigger id */
"trigger": string
/** orders and pages the list; greater is newer */
"id": number
"mission": string
/** the mission's own name of it, verbatim */
"trigger_id": string
"night": string
"site": string
"simulated": boolean
/** active or retracted */
"state": string
"instrument": string | null
/** of the notice that knows the place best */
"notice_type": string | null
"event_at": string | null
/** ° J2000 */
"ra_deg": number | null
/** ° J2000 */
"dec_deg": number | null
/** °, the radius that holds it in 90 of 100 cases */
"error_deg": number | null
/** why nobody must act on it; empty for the real thing */
"test_signs": unknown
"false_alarm_hints": unknown
"notices": number
"received_at": string
"judged_at": string | null
/** observe, wait or ignore */
"outcome": string | null
"reason": string | null
"strategy": string | null
"strategy_version": number | null
"request_id": string | null
/** none, made, revised or withdrawn */
"request_state": string
"requested_at": string | null
"cancelled": boolean
"updated": string
}
"AlertNoticeInput": {
"name": string
"id": number
"event_id": string
"received_at": string
"source": unknown
"sha256": string
"bytes": number
"format": string
/** read, or quarantined with its reason */
"state": string
"reason": string | null
"trigger": string | null
"authority": string | null
"notice_type": string | null
"kind": string | null
"role": string | null
/** whether its author is one that is known here */
"listed": boolean | null
"test_signs": unknown
/** what is odd about it */
"flags": unknown
/** how often another content came under this name */
"conflicts": number
}
"DeviceInput": {
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"link": {
"state": "up" | "lost" | "unknown"
"since": string | null
"detail": string | null
}
/** as it was last seen; null before */
"status": Record<string, unknown> | null
"faults": ({
"code": string
"text": string
})[]
"updated": string | null
}
"DeviceCommandInput": {
/** the conversation */
"id": string
"device": string
"name": string
"parameters": Record<string, unknown>
"by": string
/** requested, agreed; over: refused, completed, failed, timed-out */
"state": string
"requested_at": string
"deadline_at": string
"updated": string
"code": string | null
"why": string | null
"margin": number | null
"verdict_id": string | null
"result": unknown | null
}
"EnvironmentInput": {
"site": string
"verdict": {
"eventId": string
/** unknown counts as unsafe */
"state": "safe" | "warn" | "unsafe" | "unknown"
"mayOpen": boolean
"since": string
"reasons": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"state": "safe" | "warn" | "unsafe" | "unknown"
"text": string
"value": number | string | null
"unit": string
"limit": number | null
"margin": number | null
"since": string
})[]
"readingIds": (string)[]
"reopenExpectedAt": string | null
"rulesVersion": string | null
}
"quantities": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"value": number | string | null
"unit": string
"state": "safe" | "warn" | "unsafe" | "unknown"
"since": string
"interpretation": string
"action": "none" | "hold" | "secure"
/** the nearest unsafe limit */
"limit": number | null
/** how far that limit is, in the unit of the value; negative is beyond it */
"margin": number | null
"safeExpectedAt": string | null
"updated": string
})[]
/** what the data of the newest poll suffer from */
"flags": ({
"code": "CONFLICTING_RAIN" | "DUPLICATE_SERIAL" | "DUPLICATE_DEVICE" | "UNKNOWN_DEVICE" | "MISSING_VALUE" | "NOT_A_NUMBER" | "OUT_OF_RANGE" | "UNEXPECTED_UNIT" | "INVALID_DEVICE" | "FROZEN_VALUE" | "DEVICE_CLOCK_STOPPED" | "DEVICE_CLOCK_SKEWED" | "DEVICE_CLOCK_UNREADABLE"
"device": string
"value"?: string
"detail": string
})[]
/** the newest answered poll */
"updated": string | null
/** the last outage or return of the line to the PLC; null if it never broke */
"plcLink": {
"state": string
"since": string
"address": string
"detail": string | null
} | null
}
"JournalEntryInput": {
"id": string
"type": string
/** what it says, as one sentence; null for a type without words */
"summary": string | null
"night": string
"site": string
"stream": string
/** its number in its stream, from 0 */
"revision": number
/** where it stands in this log, commit/prepare; another log has another */
"position": string
"occurredAt": string
/** the device's own clock; may be wrong by years */
"observedAt": string | null
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
/** the event or command that led to it */
"causationId": string
/** what began the whole affair */
"correlationId": string
"simulated": boolean
"rulesVersion": string | null
}
"WhyInput": {
"nodes": ({
"id": string
/** a command stands in no log: it is where the chain begins */
"kind": "event" | "command"
/** steps from the event asked about */
"depth": number
"sentence": string
"event": components['schemas']["JournalEntryInput"] | null
})[]
"edges": ({
"cause": string
"effect": string
/** causationId, or the field of the effect’s data that names the cause */
"through": string
})[]
/** false when depth or nodes cut something off */
"complete": boolean
/** the same for a person, a sentence per line, with the figures */
"story": ({
"at": string | null
"eventId": string | null
"depth": number
"text": string
})[]
}
"ConsequencesInput": {
"nodes": ({
"id": string
/** a command stands in no log: it is where the chain begins */
"kind": "event" | "command"
/** steps from the event asked about */
"depth": number
"sentence": string
"event": components['schemas']["JournalEntryInput"] | null
})[]
"edges": ({
"cause": string
"effect": string
/** causationId, or the field of the effect’s data that names the cause */
"through": string
})[]
/** false when depth or nodes cut something off */
"complete": boolean
}
"EventInput": {
"id": string
"type": string
/** what it says, as one sentence; null for a type without words */
"summary": string | null
"night": string
"site": string
"stream": string
/** its number in its stream, from 0 */
"revision": number
/** where it stands in this log, commit/prepare; another log has another */
"position": string
"occurredAt": string
/** the device's own clock; may be wrong by years */
"observedAt": string | null
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
/** the event or command that led to it */
"causationId": string
/** what began the whole affair */
"correlationId": string
"simulated": boolean
"rulesVersion": string | null
/** in its newest version */
"data": unknown
"metadata": {
"schemaVersion": number
"occurredAt": string
"observedAt"?: string
"correlationId": string
"causationId": string
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
"site": string
"night": string
"simulated"?: true
"rulesVersion"?: string
"commandDigest"?: string
}
}
"HealthInput": {
"status": "ok" | "degraded"
"parts": ({
"name": string
"state": string
"detail": string
})[]
"projections": ({
"name": string
"version": number
"state": string
/** commit position in the log */
"position": string
"events": number
/** age of the newest projected event while behind; 0 when caught up */
"lagSeconds": number | null
/** judged by the events so far while behind */
"lagEvents": number | null
/** the alarm: it stands still though there is work */
"standingSince": string | null
"error": string | null
})[]
}
"ImageInput": {
"image_id": string
/** light, flat, dark or bias */
"kind": string
"site": string
"night": string
/** null, as the next four, for calibration */
"request_id": string | null
"sequence_id": string | null
"attempt": number | null
"detector": string
"album": string | null
"plan": string | null
/** in its plan or of its kind, from 1 */
"number": number
"filter": string
"exposure_s": number
"started_at": string
/** relative to the data folder */
"file": string
"sha256": string
"bytes": number
/** ICRS */
"ra_deg": number | null
"dec_deg": number | null
"altitude_deg": number | null
"airmass": number | null
"detector_temperature_c": number | null
/** mean of all pixels, where the camera tells it */
"level_counts": number | null
/** false for a flat that is too bright or too dark */
"usable": boolean
/** calibrated, refused, or null while it waits and for calibration frames */
"analysis": string | null
/** why it could not be corrected */
"refused_for": string | null
"analysed_at": string | null
/** relative to the data folder; /calibrated.fits gives it */
"calibrated_file": string | null
/** ids of the masters it was corrected with, by kind: bias, dark, flat */
"masters": unknown
/** kinds for which there was no master that fits */
"missing": unknown
/** of the sky after correction */
"background_counts": number | null
/** standard deviation of a pixel of the sky */
"noise_counts": number | null
"saturated_pixels": number | null
/** median width of its stars at half maximum */
"fwhm_px": number | null
/** found in it */
"sources": number | null
/** of a star at five times the noise */
"limiting_magnitude": number | null
/** done, not-an-alert, no-catalogue or no-coordinates */
"transient_search": string | null
/** of stars; `simulated sky` is that of the simulators */
"catalogue": string | null
/** sources that are not in the catalogue */
"transient_candidates": number | null
}
"ImageDetailInput": {
"image_id": string
/** light, flat, dark or bias */
"kind": string
"site": string
"night": string
/** null, as the next four, for calibration */
"request_id": string | null
"sequence_id": string | null
"attempt": number | null
"detector": string
"album": string | null
"plan": string | null
/** in its plan or of its kind, from 1 */
"number": number
"filter": string
"exposure_s": number
"started_at": string
/** relative to the data folder */
"file": string
"sha256": string
"bytes": number
/** ICRS */
"ra_deg": number | null
"dec_deg": number | null
"altitude_deg": number | null
"airmass": number | null
"detector_temperature_c": number | null
/** mean of all pixels, where the camera tells it */
"level_counts": number | null
/** false for a flat that is too bright or too dark */
"usable": boolean
/** calibrated, refused, or null while it waits and for calibration frames */
"analysis": string | null
/** why it could not be corrected */
"refused_for": string | null
"analysed_at": string | null
/** relative to the data folder; /calibrated.fits gives it */
"calibrated_file": string | null
/** ids of the masters it was corrected with, by kind: bias, dark, flat */
"masters": unknown
/** kinds for which there was no master that fits */
"missing": unknown
/** of the sky after correction */
"background_counts": number | null
/** standard deviation of a pixel of the sky */
"noise_counts": number | null
"saturated_pixels": number | null
/** median width of its stars at half maximum */
"fwhm_px": number | null
/** found in it */
"sources": number | null
/** of a star at five times the noise */
"limiting_magnitude": number | null
/** done, not-an-alert, no-catalogue or no-coordinates */
"transient_search": string | null
/** of stars; `simulated sky` is that of the simulators */
"catalogue": string | null
/** sources that are not in the catalogue */
"transient_candidates": number | null
/** what is in it and in no catalogue */
"candidates": ({
"candidate_id": string
"image_id": string
"request_id": string
"found_at": string
"simulated": boolean
"detector": string
"filter": string
/** ICRS */
"ra_deg": number
"dec_deg": number
/** from 1, as in FITS */
"x_px": number
"y_px": number
/** signal-to-noise */
"snr": number
"fwhm_px": number | null
"magnitude": number | null
"catalogue": string
})[]
}
"MasterFrameInput": {
"master_id": string
/** bias, dark or flat */
"kind": string
"detector": string
/** of a flat */
"filter": string | null
/** of a dark */
"exposure_s": number | null
"frames_night": string
"built_at": string
/** relative to the data folder */
"file": string | null
"sha256": string | null
"bytes": number | null
/** image ids of the frames that it is made of */
"frames": unknown
/** what was left out, and why */
"frames_rejected": unknown
/** values left out by clipping, of all frames */
"pixels_rejected": number | null
/** of its pixels, in counts; a flat’s is 1 */
"mean": number | null
"sigma": number | null
/** why there is none */
"not_built": string | null
}
"NightInput": {
"site": string
/** the local date of its evening */
"night": string
"opened_at": string
/** when the Sun begins each phase; null where it never does */
"phases_at": Record<string, string | null>
/** day, opening, evening-flats, focusing, observing, morning-flats, closing, calibrations */
"phase": string | null
"phase_since": string | null
/** automatic, manual, engineering */
"mode": string
"mode_since": string
"mode_why": string | null
/** why observing is suspended; null when it is not */
"suspended_why": string | null
"suspended_detail": string | null
"suspended_since": string | null
/** the event to ask why of */
"suspended_event": string | null
"suspensions": number
"closed_at": string | null
/** s that the roof was open */
"open_s": number | null
"summary": string | null
}
"ObservationInput": {
"sequence_id": string
"attempt": number
"request_id": string
"site": string
"night": string
"schedule_version": number
"started_at": string
"ends_expected_at": string
"ended_at": string | null
/** running, finished or aborted */
"state": string
/** why it was aborted */
"why": string | null
"detail": string | null
"images_expected": number
"images_taken": number
/** s of exposure, all detectors together */
"open_shutter_s": number | null
}
"MissedSequenceInput": {
"event_id": string
"sequence_id": string
"request_id": string
"site": string
"night": string
"schedule_version": number
"missed_at": string
"why": string
"detail": string
}
"NightNowInput": {
"at": string
/** one sentence: what is done now, and why */
"now": string
/** null before the first night */
"night": components['schemas']["NightInput"] | null
"roof": {
"site": string
/** what its controller believes */
"shutter": string
"open_switch": boolean
"closed_switch": boolean
"since": string
} | null
"observing": components['schemas']["ObservationInput"] | null
/** of the schedule */
"next": {
"sequence_id": string
"request_id": string
"name": string
"starts_at": string
"ends_at": string
} | null
}
"NoteInput": {
"at": string
/** kind and id, e.g. user ana */
"by": string
"text": string
"eventId": string
}
"NoticeReceiptInput": {
/** of the event that keeps the notice */
"id": string
/** quarantined: kept as it came, but it cannot be read; conflict: its name was there already */
"outcome": "recorded" | "duplicate" | "conflict" | "quarantined"
/** why it was set aside */
"detail": string | null
}
"PartInput": {
"name": string
"state": string
"detail": string
/** what a person may order of it */
"can": ("stop" | "start" | "restart")[]
}
"ProgrammeInput": {
"id": string
"title": string
"leaderId": string
/** the leader among them */
"memberIds": (string)[]
"openedAt": string
"closedAt": string | null
}
"GenerationInput": {
"generation": number
"version": number
"role": "building" | "live" | "old" | "dropped"
"origin": "first" | "rebuild" | "rollback"
"state": string
/** commit position in the log */
"position": string
"events": number
"eventsPerSecond": number
/** of the log that is done */
"share": number
"secondsLeft": number | null
/** judged by the events so far while behind; 0 when caught up */
"lagEvents": number | null
/** age of the newest projected event while behind */
"lagSeconds": number | null
/** the alarm: it stands still though there is work */
"standingSince": string | null
"error": string | null
/** from the live one, once compared */
"differs": boolean | null
"comparison": {
/** whether both stood at one position; if not, events in between may explain a difference */
"samePosition": boolean
"tables": ({
"table": string
"liveRows": number
"nextRows": number
/** keys that only the live one has */
"missing": number
/** keys that only the new one has */
"extra": number
/** keys of both whose rows differ */
"different": number
/** columns that one of the two has not */
"notCompared": (string)[]
"examples": ({
"key": Record<string, unknown>
"how": string
})[]
})[]
} | null
"outcome": string | null
}
"ProjectionInput": {
"name": string
/** of this program */
"version": number
/** what readers see */
"live": components['schemas']["GenerationInput"] | null
/** what is being filled beside it */
"rebuild": components['schemas']["GenerationInput"] | null
/** what was live until the last swap */
"old": components['schemas']["GenerationInput"] | null
}
"QuotaAccountInput": {
"period": string
"level": "user" | "country" | "programme"
"id": string
/** seconds */
"grantedS": number
/** seconds that placed sequences hold */
"reservedS": number
/** seconds */
"spentS": number
/** seconds observed too little of to be charged */
"refundedS": number
/** granted − reserved − spent; null, without a limit, when nothing was granted */
"leftS": number | null
}
"QuotaEntryInput": {
/** counts the entries of the period from 1 */
"id": number
"kind": "granted" | "reserved" | "released" | "spent"
"sequenceId": string | null
"attempt": number | null
"why": string | null
/** seconds */
"grantedS": number
/** negative when it ends a reservation */
"reservedS": number
/** seconds */
"spentS": number
/** seconds */
"refundedS": number
"night": string
"enteredAt": string
/** the event, for /api/events/:id/why */
"eventId": string
}
"RequestReceiptInput": {
"id": string
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
/** of its stream; the ETag */
"revision": number
"sequences": ({
"id": string
"name": string
})[]
/** what is odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
}
"RequestInput": {
"id": string
/** where it began in the log; `next` of a page is the last one’s */
"place": number
"name": string
"user_id": string
"country": string | null
"programme_id": string
"target_type": string
"source": "json" | "xml" | "form" | "alert" | "fake"
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
"revision": number
/** the alert it was made for */
"trigger_id": string | null
"sequence_count": number
/** what was odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
/** why its last submission was refused */
"faults": ({
"code": string
"path": string
"message": string
})[]
/** null for what an alert asked for */
"drafted_at": string | null
"changed_at": string
"submitted_at": string | null
"simulated": boolean
/** in their author’s order, as are albums and plans */
"sequences": ({
"id": string
"name": string
"target": {
"name": string
"raDeg": number
"decDeg": number
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS": number
"priority": number
"tier": "alert" | "time-critical" | "normal" | "filler"
"windows": ({
"from": string | null
"until": string | null
})[]
"constraints": {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt": string | null
"preferredToleranceS": number
"cadence": {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality": number
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
})[]
/** the author’s own text */
"raw": string | null
"withdrawn_why": string | null
}
"ScheduleVersionInput": {
"night": string
"version": number
/** ask /api/events/:id/why about it */
"eventId": string
"publishedAt": string
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"method": "whole" | "alert-inserted"
/** nothing is planned before */
"from": string
"until": string
"closures": ({
"from": string
"until": string
"why": string
})[]
"objective": number
/** no plan could have a higher objective */
"bound": number
"placed": number
"unplaced": number
"added": number
"dropped": number
"moved": number
"preempted": ({
"sequenceId": string
"by": string
})[]
"plannerVersion": string
/** the same hash is the same plan */
"inputsHash": string
/** the last event it rests on: its place in the log */
"basedOn": string
}
"ScheduleEntryInput": {
"sequenceId": string
"requestId": string
"name": string
"kind": "planned" | "fixed" | "frozen" | "alert"
"setupAt": string
"startsAt": string
"endsAt": string
"priority": number
"value": number
"quality": number
"raDeg": number | null
"decDeg": number | null
"altitudeDeg": number | null
"airmass": number | null
"moonSeparationDeg": number | null
"slackBeforeS": number
"slackAfterS": number
"chargeS": number
"occurrence"?: number
}
"LeftOutInput": {
"sequenceId": string
"requestId": string
"code": string
"figures": Record<string, unknown> | null
/** null until the reasons are written, a moment after the plan */
"text": string | null
/** what would have to be otherwise */
"remedy": string | null
}
"ScheduleInput": {
"night": string
"version": number
/** ask /api/events/:id/why about it */
"eventId": string
"publishedAt": string
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"method": "whole" | "alert-inserted"
/** nothing is planned before */
"from": string
"until": string
"closures": ({
"from": string
"until": string
"why": string
})[]
"objective": number
/** no plan could have a higher objective */
"bound": number
"placed": number
"unplaced": number
"added": number
"dropped": number
"moved": number
"preempted": ({
"sequenceId": string
"by": string
})[]
"plannerVersion": string
/** the same hash is the same plan */
"inputsHash": string
/** the last event it rests on: its place in the log */
"basedOn": string
"site": string
/** in the order of time */
"entries": (components['schemas']["ScheduleEntryInput"])[]
"leftOut": (components['schemas']["LeftOutInput"])[]
/** whether all reasons are written */
"explained": boolean
}
"ScheduleChangesInput": {
"night": string
"version": number
/** the version it is compared with; null for the first */
"previous": number | null
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"added": ({
"sequenceId": string
"occurrence"?: number
"startsAt": string
})[]
"dropped": ({
"sequenceId": string
"occurrence"?: number
"wasAt": string
"code": string | null
})[]
"moved": ({
"sequenceId": string
"occurrence"?: number
"wasAt": string
"startsAt": string
"byS": number
})[]
}
"ScheduleAskInput": {
"id": string
"state": "pending" | "answered"
"askedAt": string
"askedBy": string
"why": string
"detail": string
"keep": boolean
/** the version that answered it */
"answer": {
"night": string
"version": number
"href": string
} | null
}
"SequenceInput": {
"id": string
"name": string
/** what it belongs to */
"request": {
"id": string
"href": string
}
/** its place in the request, from 1 */
"ordinal": number
"user_id": string
"programme_id": string
"target": {
"name": string
"raDeg": number
"decDeg": number
} | null
"duration_s": number
"priority": number
"tier": string
"status": "DRAFT" | "INVALID" | "TOBEPLANNED" | "PLANNED" | "EXECUTING" | "EXECUTED" | "FAILED" | "CANCELLED" | "UNPLANNABLE"
/** why it is not planned or was not finished */
"reason": {
"code": string
"text": string | null
"figures": Record<string, unknown> | null
} | null
"planned": {
"night": string
"schedule_version": number
"starts_at": string
"ends_at": string
} | null
/** the newest attempt */
"observed": {
"attempt": number
"started_at": string
"ended_at": string | null
"images_taken": number
"images_expected": number
} | null
/** all that is asked for; albums and plans in their order */
"content": {
"id": string
"name": string
"target": {
"name": string
"raDeg": number
"decDeg": number
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS": number
"priority": number
"tier": "alert" | "time-critical" | "normal" | "filler"
"windows": ({
"from": string | null
"until": string | null
})[]
"constraints": {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
"preferredAt": string | null
"preferredToleranceS": number
"cadence": {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality": number
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
}
}
"SiteInput": {
"id": string
"name": string
"latitudeDeg": number
"longitudeDeg": number
"elevationM": number
"timeZone": string
/** whether the PLC, and with it the weather, is a simulator */
"simulated": boolean
"instrument": {
"name": string
"detectors": ({
"detector": string
"name": string
"filters": (string)[]
})[]
}
"rulesVersion": string
"limits": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unit": string
"high": {
"unsafe": number
/** safe again from here on */
"safe": number
/** unsafe without any delay */
"atOnce": number | null
} | null
"low": {
"unsafe": number
/** safe again from here on */
"safe": number
/** unsafe without any delay */
"atOnce": number | null
} | null
"badForS": number
"goodForS": number
"staleAfterS": number
})[]
}
"SitewatchInput": {
/** the poll: night and number in it; the same in weatherwatch */
"id": number
"site": string
/** OK, …: the worst of what the sensors say at this moment */
"global_status": string
"updated": string
"lights": string | null
"dome": string | null
/** empty while nothing is known of them */
"doors": string
/** °C, inside */
"temperature": number | null
"shutter": string | null
/** mbar, inside */
"pressure": number | null
/** %, inside */
"humidity": number | null
}
"AgentInput": {
"name": string
/** the process that runs it, or ran it last */
"host": string
"state": "INIT" | "READY" | "ACTIVE" | "TERMINATED" | "ERROR" | "GIVEN_UP"
"since": string
/** since this host has it */
"restarts": number
"lastFailure": {
"at": string
"during": string
"code": string
"why": string
} | null
}
"SystemGraphInput": {
"nodes": ({
"id": string
"kind": string
"state": string
"detail"?: string
"inbox"?: {
"waiting": number
"capacity": number
}
/** since it began */
"handled"?: number
/** over the last minute; null until asked twice */
"perSecond": number | null
})[]
"links": ({
"from": string
"to": string
})[]
}
"UserInput": {
"id": string
/** null without the right personal, once erased, or while a registration is unfinished */
"displayName": string | null
"email": string | null
/** ISO 3166-1 alpha-2 */
"country": string | null
/** caps the priority the user may ask for */
"level": number
"roles": ("observer" | "operator" | "admin" | "auditor")[]
"registeredAt": string
"erasedAt": string | null
}
"VisibilityInput": {
"site": string
"raDeg": number
"decDeg": number
"night": string
/** the Sun is below -12° from then; null where it never is */
"from": string | null
"until": string | null
"constraints": {
"minAltitudeDeg"?: number
"maxAltitudeDeg"?: number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg"?: number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg"?: number
}
/** 0 to 1 */
"moonIllumination": number
/** when it can be observed */
"windows": ({
"from": string
"until": string
})[]
"moments": ({
"at": string
"altitudeDeg": number
/** null below the horizon */
"airmass": number | null
"moonAltitudeDeg": number
"moonSeparationDeg": number
})[]
}
"WeatherwatchInput": {
/** the poll: night and number in it; the same in sitewatch */
"id": number
"site": string
/** OK, RAINING, …: the worst of what the sensors say at this moment */
"global_status": string
"updated": string
/** %, outside */
"humidity": number | null
/** m/s */
"wind": number | null
/** ° from where it blows; north 0, east 90 */
"wind_dir": number | null
/** °C, outside */
"temperature": number | null
/** mbar at the site */
"pressure": number | null
/** mm/h */
"rain": number | null
/** °C, temperature of the sky: the colder the clearer */
"cloud": number | null
}
"WhatIfInput": {
"night": string
"from": string | null
"to": string | null
"polls": number
"rules": {
"recorded": (string)[]
"base": string
"whatIf": string
}
"openMinutes": {
/** minutes */
"judged": number
/** minutes */
"recorded": number
/** minutes */
"whatIf": number
/** open for so much longer; negative is shorter */
"gained": number
/** open where the recorded rules said unsafe or unknown */
"unsafeGained": number
/** closed where the recorded rules had it open */
"lost": number
}
"differences": ({
"from": string
"to": string
"recorded": {
"state": "safe" | "warn" | "unsafe" | "unknown"
"reasons": (string)[]
}
"whatIf": {
"state": "safe" | "warn" | "unsafe" | "unknown"
"reasons": (string)[]
}
})[]
/** the first event that comes out otherwise than recorded; null under the recorded rules */
"deviation": {
"at": string
"recorded": string | null
"judged": string | null
} | null
}
"WhyNotInput": {
"sequenceId": string
"requestId": string
/** of the newest plan that knew it */
"night": string
/** null before any plan did */
"version": number | null
"planned": boolean
"startsAt": string | null
"endsAt": string | null
/** why it is not planned, for programs; null when it is */
"code": string | null
"figures": Record<string, unknown> | null
/** for people */
"text": string
/** what would have to be otherwise */
"remedy": string | null
}
"RequestSummaryInput": {
"id": string
/** where it began in the log; `next` of a page is the last one’s */
"place": number
"name": string
"user_id": string
"country": string | null
"programme_id": string
"target_type": string
"source": "json" | "xml" | "form" | "alert" | "fake"
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
"revision": number
/** the alert it was made for */
"trigger_id": string | null
"sequence_count": number
/** what was odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
/** why its last submission was refused */
"faults": ({
"code": string
"path": string
"message": string
})[]
/** null for what an alert asked for */
"drafted_at": string | null
"changed_at": string
"submitted_at": string | null
"simulated": boolean
}
"SequenceSummaryInput": {
"id": string
"name": string
/** what it belongs to */
"request": {
"id": string
"href": string
}
/** its place in the request, from 1 */
"ordinal": number
"user_id": string
"programme_id": string
"target": {
"name": string
"raDeg": number
"decDeg": number
} | null
"duration_s": number
"priority": number
"tier": string
"status": "DRAFT" | "INVALID" | "TOBEPLANNED" | "PLANNED" | "EXECUTING" | "EXECUTED" | "FAILED" | "CANCELLED" | "UNPLANNABLE"
/** why it is not planned or was not finished */
"reason": {
"code": string
"text": string | null
"figures": Record<string, unknown> | null
} | null
"planned": {
"night": string
"schedule_version": number
"starts_at": string
"ends_at": string
} | null
/** the newest attempt */
"observed": {
"attempt": number
"started_at": string
"ended_at": string | null
"images_taken": number
"images_expected": number
} | null
}
"Problem": {
"type": string
"title": string
"status": number
"code": "invalid_request" | "invalid_json" | "invalid_range" | "invalid_time" | "cursor_unknown" | "limit_invalid" | "moment_ambiguous" | "body_missing" | "body_too_large" | "notice_empty" | "notice_too_large" | "media_type_unknown" | "unsupported_media_type" | "not_utf8" | "not_acceptable" | "xml_too_large" | "xml_not_utf8" | "xml_doctype_refused" | "xml_not_well_formed" | "xml_too_deep" | "bad_request" | "not_found" | "sign_in_needed" | "sign_in_refused" | "sign_in_slowed" | "sign_in_busy" | "first_admin_refused" | "session_needed" | "token_refused" | "not_allowed" | "not_yours" | "cross_site" | "scope_too_wide" | "rate_limited" | "part_unknown" | "alert_unknown" | "ask_unknown" | "command_unknown" | "device_unknown" | "environment_unknown" | "event_unknown" | "event_gone" | "image_unknown" | "image_not_calibrated" | "image_file_gone" | "image_unreadable" | "night_unknown" | "programme_unknown" | "projection_unknown" | "request_unknown" | "schedule_unknown" | "sequence_unknown" | "token_unknown" | "user_unknown" | "idempotency_key_reused" | "if_match_required" | "revision_outdated" | "user_exists" | "user_erased" | "email_taken" | "programme_exists" | "programme_closed" | "member_unknown" | "account_unknown" | "request_refused" | "request_withdrawn" | "night_not_current" | "night_not_open" | "observation_begun" | "engineering_mode" | "unknown_command" | "bad_parameters" | "mode_unknown" | "refused_in_automatic" | "refused_in_manual" | "refused_in_engineering" | "rebuild_running" | "no_rebuild" | "nothing_to_roll_back" | "nothing_to_drop" | "nothing_stopped" | "order_not_taken" | "plc_is_real" | "instant_in_future" | "before_the_log" | "position_beyond_end" | "CHANNEL_PREFIX_REQUIRED" | "CHANNEL_UNKNOWN" | "SENDER_UNKNOWN" | "EVENT_UNDECLARED" | "UNKNOWN_AGENT" | "SENDER_NOT_CONNECTED" | "NO_SUCH_REQUEST" | "TIMEOUT" | "REQUEST_REFUSED" | "REQUEST_FAILED" | "TOO_MANY_CLIENTS" | "position_unknown" | "page_not_built" | "plc_simulator_away" | "not_there_yet" | "as_of_unavailable" | "moment_being_prepared" | "too_many_replays" | "what_if_busy" | "event_undecodable" | "read_model_not_ready" | "read_models_unavailable" | "log_unavailable" | "busy" | "internal_error"
"detail": string
"errors"?: ({
"code"?: string
"path": string
"message": string
})[]
}
"Session": {
/** null for nobody */
"user": string | null
"name": string | null
"roles": ("observer" | "operator" | "admin" | "auditor")[]
/** whether everybody on this machine may look */
"demo": boolean
/** nobody can sign in yet: the code that the start printed makes the first admin */
"firstAdmin": boolean
/** what may be done */
"may": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
/** of the session or token; null for none */
"expiresAt": string | null
}
"Token": {
"id": string
"user": string
"name": string
"scopes": ("read" | "audit" | "request" | "operate" | "admin" | "personal")[]
"createdAt": string
/** null: good until revoked */
"expiresAt": string | null
/** to the minute; null: never */
"usedAt": string | null
}
"Sender": {
"name": string
"about": string
"events": (string)[]
"channels": (string)[]
/** null for who is no process of its own */
"connected": boolean | null
}
"NightReport": {
"site": {
"id": string
"name": string
"timeZone": string
}
"night": string
"begins": string
"ends": string
/** the report’s end: the end of the night, or when it was asked for */
"asOf": string
"events": {
"count": number
"simulated": number
"firstAt": string
"lastAt": string
"byType": Record<string, number>
}
"rulesVersions": (string)[]
/** what else a night has, of which there is no event */
"notOnRecord": (string)[]
/** of the whole night, from its first event on */
"spentS": {
"safe": number
"warn": number
"unsafe": number
"unknown": number
/** no poll on record for longer than the weather may be trusted */
"unwatched": number
}
/** null where the sun does not set */
"roof": {
"from": string
"to": string
"passedS": number
/** safe or warn, with the sun down */
"couldOpenS": number
/** unsafe, unknown or unwatched, with the sun down */
"lostS": number
/** the roof wide open with the sun down; null without any word from the dome */
"wasOpenS": number | null
"spentS": {
"safe": number
"warn": number
"unsafe": number
"unknown": number
/** no poll on record for longer than the weather may be trusted */
"unwatched": number
}
"lostTo": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unsafeS": number
"unknownS": number
/** lost to this quantity and to no other */
"aloneS": number
})[]
} | null
"verdicts": {
"changes": number
"spans": ({
"state": "safe" | "warn" | "unsafe" | "unknown" | "unwatched"
"from": string
"to": string
})[]
"omitted": number
}
"weather": ({
"name": string
"unit": string
"min": number
"minAt": string
"max": number
"maxAt": string
"mean": number
"samples": number
})[]
"rain": ({
"from": string
"to": string
/** null where only a contact told */
"maxMmH": number | null
"polls": number
})[]
"plc": {
"outages": ({
"from": string
"to": string | null
"outageS": number
"detail": string | null
})[]
"outagesOmitted": number
"rejected": {
"count": number
"byReason": Record<string, number>
"first": ({
"at": string
"eventId": string
"reason": string
"detail": string
})[]
}
}
"flags": ({
"code": "CONFLICTING_RAIN" | "DUPLICATE_SERIAL" | "DUPLICATE_DEVICE" | "UNKNOWN_DEVICE" | "MISSING_VALUE" | "NOT_A_NUMBER" | "OUT_OF_RANGE" | "UNEXPECTED_UNIT" | "INVALID_DEVICE" | "FROZEN_VALUE" | "DEVICE_CLOCK_STOPPED" | "DEVICE_CLOCK_SKEWED" | "DEVICE_CLOCK_UNREADABLE"
"device": string
"value"?: string
"detail": string
"polls": number
"firstAt": string
"lastAt": string
})[]
"flagsOmitted": number
"course": {
"openedAt": string | null
/** at the end */
"mode": "automatic" | "manual" | "engineering" | null
"phases": ({
"phase": "day" | "opening" | "evening-flats" | "focusing" | "observing" | "morning-flats" | "closing" | "calibrations"
"from": string
"to": string
/** at its beginning */
"sunAltitudeDeg": number
})[]
"modeChanges": ({
"at": string
"mode": "automatic" | "manual" | "engineering"
"previous": "automatic" | "manual" | "engineering"
"why": string
"by": string
"eventId": string
})[]
"suspensions": ({
"from": string
/** null while it goes on */
"to": string | null
"suspendedS": number
/** the first, and what made it more than it was */
"causes": ({
"why": "weather" | "device" | "mode" | "person" | "restart"
"detail": string
"verdictId": string | null
"closesRoof": boolean
"at": string
"eventId": string
})[]
"resumed": {
"detail": string
"verdictId": string | null
"eventId": string
} | null
})[]
/** mode changes and suspensions too many to list */
"omitted": number
"closed": {
"at": string
"summary": string
} | null
"hours": {
/** the Sun below −12° to −10° */
"dark": {
"from": string
"to": string
"passedS": number
} | null
/** the roof wide open */
"openS": number
/** an observation under way */
"observingS": number
"suspendedS": number
"darkOpenS": number
"darkObservingS": number
"darkSuspendedS": number
/** dark, open, not suspended, and nothing observed */
"idleS": number
/** the roof not closed while the verdict was unsafe or unknown */
"exposedS": number
}
"roof": {
"spans": ({
"state": "open" | "moving" | "closed" | "unknown"
"from": string
"to": string
})[]
"omitted": number
}
}
"observing": {
"observations": ({
"sequenceId": string
"requestId": string
/** as the plan has it; the sequence’s id where no plan of the night names it */
"name": string
"attempt": number
"scheduleVersion": number
"from": string
/** null while it goes on, and where its end was never said */
"to": string | null
"outcome": "finished" | "aborted" | "running" | "no-end"
"why": "weather" | "alert" | "person" | "device" | "no-progress" | "night-over" | "withdrawn" | "restart" | null
"detail": string | null
"imagesTaken": number
"imagesExpected": number
/** exposure of its images, all detectors together */
"openShutterS": number
/** its end, or its beginning while it has none: what to ask why of */
"eventId": string
})[]
"missed": ({
"sequenceId": string
"requestId": string
"scheduleVersion": number
"why": "dome-closed" | "busy" | "suspended" | "manual" | "device" | "too-late"
"detail": string
"name": string
"at": string
"eventId": string
})[]
"missedByWhy": Record<string, number>
"totals": {
"observations": number
"finished": number
"aborted": number
"abortedByWhy": Record<string, number>
"missed": number
"images": number
/** by detector */
"exposureS": Record<string, number>
/** of the detector that exposed longest: detectors work side by side */
"openShutterS": number
/** openShutterS ÷ dark time so far; null while it was not dark */
"efficiency": number | null
}
}
"schedule": {
"plans": number
/** plans that only put an alert into the one before */
"alertsInserted": number
/** what plans were made for */
"causes": Record<string, number>
"last": {
"scheduleVersion": number
"at": string
"placed": number
"unplaced": number
"unplacedByCode": Record<string, number>
"value": number
/** no plan can be worth more */
"bound": number
"eventId": string
} | null
}
"alerts": {
"notices": {
"received": number
"bySource": Record<string, number>
/** of those that could be read */
"byMission": Record<string, number>
"quarantined": number
"conflicted": number
}
"triggers": ({
"trigger": string
"mission": string
"openedAt": string
/** that belong to it */
"notices": number
/** at the end */
"retracted": boolean
/** of the last judgement */
"outcome": "observe" | "ignore" | "wait" | null
"reason": string | null
"strategy": string | null
/** the first gate that did not let it pass */
"refusedBy": {
"gate": "authority" | "kind" | "test" | "drill" | "retracted" | "position" | "error-radius" | "age" | "false-alarm" | "false-alarm-rate" | "signal-to-noise" | "significance" | "galactic-latitude" | "visibility" | "rate" | "mission-rate"
"figure": number | string | boolean | null
"limit": number | string | boolean | null
"unit": string
"text": string
} | null
"requestId": string | null
/** why its request was taken back */
"withdrawn": string | null
/** null without a request */
"latency": {
/** the request made */
"requestedS": number | null
/** a plan that has it */
"scheduledS": number | null
/** its observation begun */
"startedS": number | null
/** its first exposure begun */
"firstImageS": number | null
} | null
/** its last judgement, or its opening: what to ask why of */
"eventId": string
})[]
"triggersOmitted": number
"retractions": number
"coincidences": number
}
"devices": {
"commands": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"requested": number
"completed": number
"failed": number
"timedOut": number
"refused": number
})[]
/** commands that did not come to their end */
"problems": ({
"at": string
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** of the command */
"name": string
"outcome": "refused" | "failed" | "timed-out"
"code": string | null
"why": string
"eventId": string
})[]
"problemsOmitted": number
/** what people asked of them */
"byHand": ({
"at": string
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** of the command */
"name": string
/** who */
"by": string
"eventId": string
})[]
"byHandOmitted": number
"links": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
/** null for before this night */
"from": string | null
"to": string | null
"downS": number
"detail": string | null
})[]
"linksOmitted": number
"alarms": ({
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"code": string
/** as it was told last */
"text": string
/** up the ladder, in their order */
"steps": ({
"at": string
"step": "reconnect" | "reset" | "power-cycle" | "give-up"
})[]
"raised": number
/** the last of it */
"eventId": string
})[]
"alarmsOmitted": number
}
"calibrations": ({
"kind": "flat" | "dark" | "bias"
"detector": "visible" | "infrared"
/** of flats; the others see no light */
"filter": string | null
/** of darks; flats are as long as the sky wants them */
"exposureS": number | null
"frames": number
/** of them, near enough to the level wanted */
"usable": number
})[]
"images": {
"calibrated": number
/** of them, without a bias, dark or flat that fits */
"partly": number
/** whose file is gone or no image */
"refused": number
/** master frames built */
"masters": number
/** of stars; null without any */
"fwhmPx": {
"min": number
"mean": number
"max": number
} | null
"backgroundCounts": {
"min": number
"mean": number
"max": number
} | null
"limitingMagnitude": {
"min": number
"mean": number
"max": number
} | null
"sources": number
/** sources that are in no catalogue */
"candidates": number
}
"notes": {
"notes": ({
"at": string
/** kind and id, e.g. user ana */
"by": string
"text": string
"eventId": string
})[]
/** too many to list: the first are listed */
"omitted": number
}
"timeline": {
"from": string
"stepS": number
"steps": number
"tracks": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unit": string
/** the unsafe limit as the last judgement of the night had it */
"limit": number | null
/** step, min, mean, max */
"points": ([number, number, number, number])[]
})[]
}
}
"Alert": {
/** how the alert is called here: mission and its trigger id */
"trigger": string
/** orders and pages the list; greater is newer */
"id": number
"mission": string
/** the mission's own name of it, verbatim */
"trigger_id": string
"night": string
"site": string
"simulated": boolean
/** active or retracted */
"state": string
"instrument": string | null
/** of the notice that knows the place best */
"notice_type": string | null
"event_at": string | null
/** ° J2000 */
"ra_deg": number | null
/** ° J2000 */
"dec_deg": number | null
/** °, the radius that holds it in 90 of 100 cases */
"error_deg": number | null
/** why nobody must act on it; empty for the real thing */
"test_signs": unknown
"false_alarm_hints": unknown
"notices": number
"received_at": string
"judged_at": string | null
/** observe, wait or ignore */
"outcome": string | null
"reason": string | null
"strategy": string | null
"strategy_version": number | null
"request_id": string | null
/** none, made, revised or withdrawn */
"request_state": string
"requested_at": string | null
"cancelled": boolean
"updated": string
}
"AlertNotice": {
"name": string
"id": number
"event_id": string
"received_at": string
"source": unknown
"sha256": string
"bytes": number
"format": string
/** read, or quarantined with its reason */
"state": string
"reason": string | null
"trigger": string | null
"authority": string | null
"notice_type": string | null
"kind": string | null
"role": string | null
/** whether its author is one that is known here */
"listed": boolean | null
"test_signs": unknown
/** what is odd about it */
"flags": unknown
/** how often another content came under this name */
"conflicts": number
}
"Device": {
"device": "telescope" | "dome" | "visible-camera" | "infrared-camera" | "plc"
"link": {
"state": "up" | "lost" | "unknown"
"since": string | null
"detail": string | null
}
/** as it was last seen; null before */
"status": Record<string, unknown> | null
"faults": ({
"code": string
"text": string
})[]
"updated": string | null
}
"DeviceCommand": {
/** the conversation */
"id": string
"device": string
"name": string
"parameters": Record<string, unknown>
"by": string
/** requested, agreed; over: refused, completed, failed, timed-out */
"state": string
"requested_at": string
"deadline_at": string
"updated": string
"code": string | null
"why": string | null
"margin": number | null
"verdict_id": string | null
"result": unknown | null
}
"Environment": {
"site": string
"verdict": {
"eventId": string
/** unknown counts as unsafe */
"state": "safe" | "warn" | "unsafe" | "unknown"
"mayOpen": boolean
"since": string
"reasons": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"state": "safe" | "warn" | "unsafe" | "unknown"
"text": string
"value": number | string | null
"unit": string
"limit": number | null
"margin": number | null
"since": string
})[]
"readingIds": (string)[]
"reopenExpectedAt": string | null
"rulesVersion": string | null
}
"quantities": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"value": number | string | null
"unit": string
"state": "safe" | "warn" | "unsafe" | "unknown"
"since": string
"interpretation": string
"action": "none" | "hold" | "secure"
/** the nearest unsafe limit */
"limit": number | null
/** how far that limit is, in the unit of the value; negative is beyond it */
"margin": number | null
"safeExpectedAt": string | null
"updated": string
})[]
/** what the data of the newest poll suffer from */
"flags": ({
"code": "CONFLICTING_RAIN" | "DUPLICATE_SERIAL" | "DUPLICATE_DEVICE" | "UNKNOWN_DEVICE" | "MISSING_VALUE" | "NOT_A_NUMBER" | "OUT_OF_RANGE" | "UNEXPECTED_UNIT" | "INVALID_DEVICE" | "FROZEN_VALUE" | "DEVICE_CLOCK_STOPPED" | "DEVICE_CLOCK_SKEWED" | "DEVICE_CLOCK_UNREADABLE"
"device": string
"value"?: string
"detail": string
})[]
/** the newest answered poll */
"updated": string | null
/** the last outage or return of the line to the PLC; null if it never broke */
"plcLink": {
"state": string
"since": string
"address": string
"detail": string | null
} | null
}
"JournalEntry": {
"id": string
"type": string
/** what it says, as one sentence; null for a type without words */
"summary": string | null
"night": string
"site": string
"stream": string
/** its number in its stream, from 0 */
"revision": number
/** where it stands in this log, commit/prepare; another log has another */
"position": string
"occurredAt": string
/** the device's own clock; may be wrong by years */
"observedAt": string | null
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
/** the event or command that led to it */
"causationId": string
/** what began the whole affair */
"correlationId": string
"simulated": boolean
"rulesVersion": string | null
}
"Why": {
"nodes": ({
"id": string
/** a command stands in no log: it is where the chain begins */
"kind": "event" | "command"
/** steps from the event asked about */
"depth": number
"sentence": string
"event": components['schemas']["JournalEntry"] | null
})[]
"edges": ({
"cause": string
"effect": string
/** causationId, or the field of the effect’s data that names the cause */
"through": string
})[]
/** false when depth or nodes cut something off */
"complete": boolean
/** the same for a person, a sentence per line, with the figures */
"story": ({
"at": string | null
"eventId": string | null
"depth": number
"text": string
})[]
}
"Consequences": {
"nodes": ({
"id": string
/** a command stands in no log: it is where the chain begins */
"kind": "event" | "command"
/** steps from the event asked about */
"depth": number
"sentence": string
"event": components['schemas']["JournalEntry"] | null
})[]
"edges": ({
"cause": string
"effect": string
/** causationId, or the field of the effect’s data that names the cause */
"through": string
})[]
/** false when depth or nodes cut something off */
"complete": boolean
}
"Event": {
"id": string
"type": string
/** what it says, as one sentence; null for a type without words */
"summary": string | null
"night": string
"site": string
"stream": string
/** its number in its stream, from 0 */
"revision": number
/** where it stands in this log, commit/prepare; another log has another */
"position": string
"occurredAt": string
/** the device's own clock; may be wrong by years */
"observedAt": string | null
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
/** the event or command that led to it */
"causationId": string
/** what began the whole affair */
"correlationId": string
"simulated": boolean
"rulesVersion": string | null
/** in its newest version */
"data": unknown
"metadata": {
"schemaVersion": number
"occurredAt": string
"observedAt"?: string
"correlationId": string
"causationId": string
"actor": {
"kind": "agent" | "user" | "program" | "simulator"
"id": string
"via"?: string
}
"site": string
"night": string
"simulated"?: true
"rulesVersion"?: string
"commandDigest"?: string
}
}
"Health": {
"status": "ok" | "degraded"
"parts": ({
"name": string
"state": string
"detail": string
})[]
"projections": ({
"name": string
"version": number
"state": string
/** commit position in the log */
"position": string
"events": number
/** age of the newest projected event while behind; 0 when caught up */
"lagSeconds": number | null
/** judged by the events so far while behind */
"lagEvents": number | null
/** the alarm: it stands still though there is work */
"standingSince": string | null
"error": string | null
})[]
}
"Image": {
"image_id": string
/** light, flat, dark or bias */
"kind": string
"site": string
"night": string
/** null, as the next four, for calibration */
"request_id": string | null
"sequence_id": string | null
"attempt": number | null
"detector": string
"album": string | null
"plan": string | null
/** in its plan or of its kind, from 1 */
"number": number
"filter": string
"exposure_s": number
"started_at": string
/** relative to the data folder */
"file": string
"sha256": string
"bytes": number
/** ICRS */
"ra_deg": number | null
"dec_deg": number | null
"altitude_deg": number | null
"airmass": number | null
"detector_temperature_c": number | null
/** mean of all pixels, where the camera tells it */
"level_counts": number | null
/** false for a flat that is too bright or too dark */
"usable": boolean
/** calibrated, refused, or null while it waits and for calibration frames */
"analysis": string | null
/** why it could not be corrected */
"refused_for": string | null
"analysed_at": string | null
/** relative to the data folder; /calibrated.fits gives it */
"calibrated_file": string | null
/** ids of the masters it was corrected with, by kind: bias, dark, flat */
"masters": unknown
/** kinds for which there was no master that fits */
"missing": unknown
/** of the sky after correction */
"background_counts": number | null
/** standard deviation of a pixel of the sky */
"noise_counts": number | null
"saturated_pixels": number | null
/** median width of its stars at half maximum */
"fwhm_px": number | null
/** found in it */
"sources": number | null
/** of a star at five times the noise */
"limiting_magnitude": number | null
/** done, not-an-alert, no-catalogue or no-coordinates */
"transient_search": string | null
/** of stars; `simulated sky` is that of the simulators */
"catalogue": string | null
/** sources that are not in the catalogue */
"transient_candidates": number | null
}
"ImageDetail": {
"image_id": string
/** light, flat, dark or bias */
"kind": string
"site": string
"night": string
/** null, as the next four, for calibration */
"request_id": string | null
"sequence_id": string | null
"attempt": number | null
"detector": string
"album": string | null
"plan": string | null
/** in its plan or of its kind, from 1 */
"number": number
"filter": string
"exposure_s": number
"started_at": string
/** relative to the data folder */
"file": string
"sha256": string
"bytes": number
/** ICRS */
"ra_deg": number | null
"dec_deg": number | null
"altitude_deg": number | null
"airmass": number | null
"detector_temperature_c": number | null
/** mean of all pixels, where the camera tells it */
"level_counts": number | null
/** false for a flat that is too bright or too dark */
"usable": boolean
/** calibrated, refused, or null while it waits and for calibration frames */
"analysis": string | null
/** why it could not be corrected */
"refused_for": string | null
"analysed_at": string | null
/** relative to the data folder; /calibrated.fits gives it */
"calibrated_file": string | null
/** ids of the masters it was corrected with, by kind: bias, dark, flat */
"masters": unknown
/** kinds for which there was no master that fits */
"missing": unknown
/** of the sky after correction */
"background_counts": number | null
/** standard deviation of a pixel of the sky */
"noise_counts": number | null
"saturated_pixels": number | null
/** median width of its stars at half maximum */
"fwhm_px": number | null
/** found in it */
"sources": number | null
/** of a star at five times the noise */
"limiting_magnitude": number | null
/** done, not-an-alert, no-catalogue or no-coordinates */
"transient_search": string | null
/** of stars; `simulated sky` is that of the simulators */
"catalogue": string | null
/** sources that are not in the catalogue */
"transient_candidates": number | null
/** what is in it and in no catalogue */
"candidates": ({
"candidate_id": string
"image_id": string
"request_id": string
"found_at": string
"simulated": boolean
"detector": string
"filter": string
/** ICRS */
"ra_deg": number
"dec_deg": number
/** from 1, as in FITS */
"x_px": number
"y_px": number
/** signal-to-noise */
"snr": number
"fwhm_px": number | null
"magnitude": number | null
"catalogue": string
})[]
}
"MasterFrame": {
"master_id": string
/** bias, dark or flat */
"kind": string
"detector": string
/** of a flat */
"filter": string | null
/** of a dark */
"exposure_s": number | null
"frames_night": string
"built_at": string
/** relative to the data folder */
"file": string | null
"sha256": string | null
"bytes": number | null
/** image ids of the frames that it is made of */
"frames": unknown
/** what was left out, and why */
"frames_rejected": unknown
/** values left out by clipping, of all frames */
"pixels_rejected": number | null
/** of its pixels, in counts; a flat’s is 1 */
"mean": number | null
"sigma": number | null
/** why there is none */
"not_built": string | null
}
"Night": {
"site": string
/** the local date of its evening */
"night": string
"opened_at": string
/** when the Sun begins each phase; null where it never does */
"phases_at": Record<string, string | null>
/** day, opening, evening-flats, focusing, observing, morning-flats, closing, calibrations */
"phase": string | null
"phase_since": string | null
/** automatic, manual, engineering */
"mode": string
"mode_since": string
"mode_why": string | null
/** why observing is suspended; null when it is not */
"suspended_why": string | null
"suspended_detail": string | null
"suspended_since": string | null
/** the event to ask why of */
"suspended_event": string | null
"suspensions": number
"closed_at": string | null
/** s that the roof was open */
"open_s": number | null
"summary": string | null
}
"Observation": {
"sequence_id": string
"attempt": number
"request_id": string
"site": string
"night": string
"schedule_version": number
"started_at": string
"ends_expected_at": string
"ended_at": string | null
/** running, finished or aborted */
"state": string
/** why it was aborted */
"why": string | null
"detail": string | null
"images_expected": number
"images_taken": number
/** s of exposure, all detectors together */
"open_shutter_s": number | null
}
"MissedSequence": {
"event_id": string
"sequence_id": string
"request_id": string
"site": string
"night": string
"schedule_version": number
"missed_at": string
"why": string
"detail": string
}
"NightNow": {
"at": string
/** one sentence: what is done now, and why */
"now": string
/** null before the first night */
"night": components['schemas']["Night"] | null
"roof": {
"site": string
/** what its controller believes */
"shutter": string
"open_switch": boolean
"closed_switch": boolean
"since": string
} | null
"observing": components['schemas']["Observation"] | null
/** of the schedule */
"next": {
"sequence_id": string
"request_id": string
"name": string
"starts_at": string
"ends_at": string
} | null
}
"Note": {
"at": string
/** kind and id, e.g. user ana */
"by": string
"text": string
"eventId": string
}
"NoticeReceipt": {
/** of the event that keeps the notice */
"id": string
/** quarantined: kept as it came, but it cannot be read; conflict: its name was there already */
"outcome": "recorded" | "duplicate" | "conflict" | "quarantined"
/** why it was set aside */
"detail": string | null
}
"Part": {
"name": string
"state": string
"detail": string
/** what a person may order of it */
"can": ("stop" | "start" | "restart")[]
}
"Programme": {
"id": string
"title": string
"leaderId": string
/** the leader among them */
"memberIds": (string)[]
"openedAt": string
"closedAt": string | null
}
"Generation": {
"generation": number
"version": number
"role": "building" | "live" | "old" | "dropped"
"origin": "first" | "rebuild" | "rollback"
"state": string
/** commit position in the log */
"position": string
"events": number
"eventsPerSecond": number
/** of the log that is done */
"share": number
"secondsLeft": number | null
/** judged by the events so far while behind; 0 when caught up */
"lagEvents": number | null
/** age of the newest projected event while behind */
"lagSeconds": number | null
/** the alarm: it stands still though there is work */
"standingSince": string | null
"error": string | null
/** from the live one, once compared */
"differs": boolean | null
"comparison": {
/** whether both stood at one position; if not, events in between may explain a difference */
"samePosition": boolean
"tables": ({
"table": string
"liveRows": number
"nextRows": number
/** keys that only the live one has */
"missing": number
/** keys that only the new one has */
"extra": number
/** keys of both whose rows differ */
"different": number
/** columns that one of the two has not */
"notCompared": (string)[]
"examples": ({
"key": Record<string, unknown>
"how": string
})[]
})[]
} | null
"outcome": string | null
}
"Projection": {
"name": string
/** of this program */
"version": number
/** what readers see */
"live": components['schemas']["Generation"] | null
/** what is being filled beside it */
"rebuild": components['schemas']["Generation"] | null
/** what was live until the last swap */
"old": components['schemas']["Generation"] | null
}
"QuotaAccount": {
"period": string
"level": "user" | "country" | "programme"
"id": string
/** seconds */
"grantedS": number
/** seconds that placed sequences hold */
"reservedS": number
/** seconds */
"spentS": number
/** seconds observed too little of to be charged */
"refundedS": number
/** granted − reserved − spent; null, without a limit, when nothing was granted */
"leftS": number | null
}
"QuotaEntry": {
/** counts the entries of the period from 1 */
"id": number
"kind": "granted" | "reserved" | "released" | "spent"
"sequenceId": string | null
"attempt": number | null
"why": string | null
/** seconds */
"grantedS": number
/** negative when it ends a reservation */
"reservedS": number
/** seconds */
"spentS": number
/** seconds */
"refundedS": number
"night": string
"enteredAt": string
/** the event, for /api/events/:id/why */
"eventId": string
}
"RequestReceipt": {
"id": string
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
/** of its stream; the ETag */
"revision": number
"sequences": ({
"id": string
"name": string
})[]
/** what is odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
}
"Request": {
"id": string
/** where it began in the log; `next` of a page is the last one’s */
"place": number
"name": string
"user_id": string
"country": string | null
"programme_id": string
"target_type": string
"source": "json" | "xml" | "form" | "alert" | "fake"
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
"revision": number
/** the alert it was made for */
"trigger_id": string | null
"sequence_count": number
/** what was odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
/** why its last submission was refused */
"faults": ({
"code": string
"path": string
"message": string
})[]
/** null for what an alert asked for */
"drafted_at": string | null
"changed_at": string
"submitted_at": string | null
"simulated": boolean
/** in their author’s order, as are albums and plans */
"sequences": ({
"id": string
"name": string
"target": {
"name": string
"raDeg": number
"decDeg": number
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS": number
"priority": number
"tier": "alert" | "time-critical" | "normal" | "filler"
"windows": ({
"from": string | null
"until": string | null
})[]
"constraints": {
"minAltitudeDeg": number
"maxAltitudeDeg": number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg": number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg": number
}
"preferredAt": string | null
"preferredToleranceS": number
"cadence": {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality": number
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
})[]
/** the author’s own text */
"raw": string | null
"withdrawn_why": string | null
}
"ScheduleVersion": {
"night": string
"version": number
/** ask /api/events/:id/why about it */
"eventId": string
"publishedAt": string
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"method": "whole" | "alert-inserted"
/** nothing is planned before */
"from": string
"until": string
"closures": ({
"from": string
"until": string
"why": string
})[]
"objective": number
/** no plan could have a higher objective */
"bound": number
"placed": number
"unplaced": number
"added": number
"dropped": number
"moved": number
"preempted": ({
"sequenceId": string
"by": string
})[]
"plannerVersion": string
/** the same hash is the same plan */
"inputsHash": string
/** the last event it rests on: its place in the log */
"basedOn": string
}
"ScheduleEntry": {
"sequenceId": string
"requestId": string
"name": string
"kind": "planned" | "fixed" | "frozen" | "alert"
"setupAt": string
"startsAt": string
"endsAt": string
"priority": number
"value": number
"quality": number
"raDeg": number | null
"decDeg": number | null
"altitudeDeg": number | null
"airmass": number | null
"moonSeparationDeg": number | null
"slackBeforeS": number
"slackAfterS": number
"chargeS": number
"occurrence"?: number
}
"LeftOut": {
"sequenceId": string
"requestId": string
"code": string
"figures": Record<string, unknown> | null
/** null until the reasons are written, a moment after the plan */
"text": string | null
/** what would have to be otherwise */
"remedy": string | null
}
"Schedule": {
"night": string
"version": number
/** ask /api/events/:id/why about it */
"eventId": string
"publishedAt": string
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"method": "whole" | "alert-inserted"
/** nothing is planned before */
"from": string
"until": string
"closures": ({
"from": string
"until": string
"why": string
})[]
"objective": number
/** no plan could have a higher objective */
"bound": number
"placed": number
"unplaced": number
"added": number
"dropped": number
"moved": number
"preempted": ({
"sequenceId": string
"by": string
})[]
"plannerVersion": string
/** the same hash is the same plan */
"inputsHash": string
/** the last event it rests on: its place in the log */
"basedOn": string
"site": string
/** in the order of time */
"entries": (components['schemas']["ScheduleEntry"])[]
"leftOut": (components['schemas']["LeftOut"])[]
/** whether all reasons are written */
"explained": boolean
}
"ScheduleChanges": {
"night": string
"version": number
/** the version it is compared with; null for the first */
"previous": number | null
/** what asked for it */
"causes": ({
"why": "submission" | "withdrawal" | "alert" | "conditions" | "weather" | "observation-ended" | "night-start" | "person"
"eventId": string
})[]
"added": ({
"sequenceId": string
"occurrence"?: number
"startsAt": string
})[]
"dropped": ({
"sequenceId": string
"occurrence"?: number
"wasAt": string
"code": string | null
})[]
"moved": ({
"sequenceId": string
"occurrence"?: number
"wasAt": string
"startsAt": string
"byS": number
})[]
}
"ScheduleAsk": {
"id": string
"state": "pending" | "answered"
"askedAt": string
"askedBy": string
"why": string
"detail": string
"keep": boolean
/** the version that answered it */
"answer": {
"night": string
"version": number
"href": string
} | null
}
"Sequence": {
"id": string
"name": string
/** what it belongs to */
"request": {
"id": string
"href": string
}
/** its place in the request, from 1 */
"ordinal": number
"user_id": string
"programme_id": string
"target": {
"name": string
"raDeg": number
"decDeg": number
} | null
"duration_s": number
"priority": number
"tier": string
"status": "DRAFT" | "INVALID" | "TOBEPLANNED" | "PLANNED" | "EXECUTING" | "EXECUTED" | "FAILED" | "CANCELLED" | "UNPLANNABLE"
/** why it is not planned or was not finished */
"reason": {
"code": string
"text": string | null
"figures": Record<string, unknown> | null
} | null
"planned": {
"night": string
"schedule_version": number
"starts_at": string
"ends_at": string
} | null
/** the newest attempt */
"observed": {
"attempt": number
"started_at": string
"ended_at": string | null
"images_taken": number
"images_expected": number
} | null
/** all that is asked for; albums and plans in their order */
"content": {
"id": string
"name": string
"target": {
"name": string
"raDeg": number
"decDeg": number
"properMotion"?: {
"raMasYear": number
"decMasYear": number
}
} | null
"durationS": number
"priority": number
"tier": "alert" | "time-critical" | "normal" | "filler"
"windows": ({
"from": string | null
"until": string | null
})[]
"constraints": {
"minAltitudeDeg": number
"maxAltitudeDeg": number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg": number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg": number
}
"preferredAt": string | null
"preferredToleranceS": number
"cadence": {
"times": number
"minGapS": number
"maxGapS": number
} | null
"minQuality": number
"albums": ({
"name": string
"detector": "visible" | "infrared"
"plans": ({
"name": string
"filter": string
"exposureS": number
"images": number
})[]
})[]
}
}
"Site": {
"id": string
"name": string
"latitudeDeg": number
"longitudeDeg": number
"elevationM": number
"timeZone": string
/** whether the PLC, and with it the weather, is a simulator */
"simulated": boolean
"instrument": {
"name": string
"detectors": ({
"detector": string
"name": string
"filters": (string)[]
})[]
}
"rulesVersion": string
"limits": ({
"quantity": "rain" | "wind" | "gust" | "humidity" | "dewPointDepression" | "temperature" | "skyTemperature" | "ice" | "insideHumidity" | "insideTemperature" | "doors" | "lights" | "dome" | "ups" | "link" | "disk"
"unit": string
"high": {
"unsafe": number
/** safe again from here on */
"safe": number
/** unsafe without any delay */
"atOnce": number | null
} | null
"low": {
"unsafe": number
/** safe again from here on */
"safe": number
/** unsafe without any delay */
"atOnce": number | null
} | null
"badForS": number
"goodForS": number
"staleAfterS": number
})[]
}
"Sitewatch": {
/** the poll: night and number in it; the same in weatherwatch */
"id": number
"site": string
/** OK, …: the worst of what the sensors say at this moment */
"global_status": string
"updated": string
"lights": string | null
"dome": string | null
/** empty while nothing is known of them */
"doors": string
/** °C, inside */
"temperature": number | null
"shutter": string | null
/** mbar, inside */
"pressure": number | null
/** %, inside */
"humidity": number | null
}
"Agent": {
"name": string
/** the process that runs it, or ran it last */
"host": string
"state": "INIT" | "READY" | "ACTIVE" | "TERMINATED" | "ERROR" | "GIVEN_UP"
"since": string
/** since this host has it */
"restarts": number
"lastFailure": {
"at": string
"during": string
"code": string
"why": string
} | null
}
"SystemGraph": {
"nodes": ({
"id": string
"kind": string
"state": string
"detail"?: string
"inbox"?: {
"waiting": number
"capacity": number
}
/** since it began */
"handled"?: number
/** over the last minute; null until asked twice */
"perSecond": number | null
})[]
"links": ({
"from": string
"to": string
})[]
}
"User": {
"id": string
/** null without the right personal, once erased, or while a registration is unfinished */
"displayName": string | null
"email": string | null
/** ISO 3166-1 alpha-2 */
"country": string | null
/** caps the priority the user may ask for */
"level": number
"roles": ("observer" | "operator" | "admin" | "auditor")[]
"registeredAt": string
"erasedAt": string | null
}
"Visibility": {
"site": string
"raDeg": number
"decDeg": number
"night": string
/** the Sun is below -12° from then; null where it never is */
"from": string | null
"until": string | null
"constraints": {
"minAltitudeDeg": number
"maxAltitudeDeg": number
"maxAirmass"?: number
"maxHourAngleH"?: number
"minMoonSeparationDeg": number
"maxMoonIllumination"?: number
"maxSunAltitudeDeg": number
}
/** 0 to 1 */
"moonIllumination": number
/** when it can be observed */
"windows": ({
"from": string
"until": string
})[]
"moments": ({
"at": string
"altitudeDeg": number
/** null below the horizon */
"airmass": number | null
"moonAltitudeDeg": number
"moonSeparationDeg": number
})[]
}
"Weatherwatch": {
/** the poll: night and number in it; the same in sitewatch */
"id": number
"site": string
/** OK, RAINING, …: the worst of what the sensors say at this moment */
"global_status": string
"updated": string
/** %, outside */
"humidity": number | null
/** m/s */
"wind": number | null
/** ° from where it blows; north 0, east 90 */
"wind_dir": number | null
/** °C, outside */
"temperature": number | null
/** mbar at the site */
"pressure": number | null
/** mm/h */
"rain": number | null
/** °C, temperature of the sky: the colder the clearer */
"cloud": number | null
}
"WhatIf": {
"night": string
"from": string | null
"to": string | null
"polls": number
"rules": {
"recorded": (string)[]
"base": string
"whatIf": string
}
"openMinutes": {
/** minutes */
"judged": number
/** minutes */
"recorded": number
/** minutes */
"whatIf": number
/** open for so much longer; negative is shorter */
"gained": number
/** open where the recorded rules said unsafe or unknown */
"unsafeGained": number
/** closed where the recorded rules had it open */
"lost": number
}
"differences": ({
"from": string
"to": string
"recorded": {
"state": "safe" | "warn" | "unsafe" | "unknown"
"reasons": (string)[]
}
"whatIf": {
"state": "safe" | "warn" | "unsafe" | "unknown"
"reasons": (string)[]
}
})[]
/** the first event that comes out otherwise than recorded; null under the recorded rules */
"deviation": {
"at": string
"recorded": string | null
"judged": string | null
} | null
}
"WhyNot": {
"sequenceId": string
"requestId": string
/** of the newest plan that knew it */
"night": string
/** null before any plan did */
"version": number | null
"planned": boolean
"startsAt": string | null
"endsAt": string | null
/** why it is not planned, for programs; null when it is */
"code": string | null
"figures": Record<string, unknown> | null
/** for people */
"text": string
/** what would have to be otherwise */
"remedy": string | null
}
"RequestSummary": {
"id": string
/** where it began in the log; `next` of a page is the last one’s */
"place": number
"name": string
"user_id": string
"country": string | null
"programme_id": string
"target_type": string
"source": "json" | "xml" | "form" | "alert" | "fake"
"status": "DRAFT" | "INVALID" | "SUBMITTED" | "WITHDRAWN"
"revision": number
/** the alert it was made for */
"trigger_id": string | null
"sequence_count": number
/** what was odd in it, and what was made of that */
"warnings": ({
"code": string
"path": string
"message": string
})[]
/** why its last submission was refused */
"faults": ({
"code": string
"path": string
"message": string
})[]
/** null for what an alert asked for */
"drafted_at": string | null
"changed_at": string
"submitted_at": string | null
"simulated": boolean
}
"SequenceSummary": {
"id": string
"name": string
/** what it belongs to */
"request": {
"id": string
"href": string
}
/** its place in the request, from 1 */
"ordinal": number
"user_id": string
"programme_id": string
"target": {
"name": string
"raDeg": number
"decDeg": number
} | null
"duration_s": number
"priority": number
"tier": string
"status": "DRAFT" | "INVALID" | "TOBEPLANNED" | "PLANNED" | "EXECUTING" | "EXECUTED" | "FAILED" | "CANCELLED" | "UNPLANNABLE"
/** why it is not planned or was not finished */
"reason": {
"code": string
"text": string | null
"figures": Record<string, unknown> | null
} | null
"planned": {
"night": string
"schedule_version": number
"starts_at": string
"ends_at": string
} | null
/** the newest attempt */
"observed": {
"attempt": number
"started_at": string
"ended_at": string | null
"images_taken": number
"images_expected": number
} | null
}
}
}
