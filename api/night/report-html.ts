import type { NightReport } from '#domain/night/report-schema.ts'
import { none } from './html-table.ts'
import { Markup, markup } from './markup.ts'
import { nightChart } from './night-chart.ts'
import { reportStyle } from './report-style.ts'
import { percent } from './tell.ts'
import { wholeNightHtml } from './whole-night-html.ts'
import { count, duration, siteMinute, spaced, upToTenths, utcMinute, utcSecond } from './words.ts'

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

const header = ({ site, night, asOf, ends, events, rulesVersions, course }: NightReport): Markup => markup`
<header>
  <div><div class="over">Noctuary · night report</div><h1>Night of ${longDate.format(new Date(night))}</h1></div>
  <div class="aside">${site.name}${events.simulated > 0 ? markup`<span class="badge">${events.simulated === events.count ? 'simulated' : 'partly simulated'}</span>` : null}<br>
  ${asOf < ends ? `${course.closed ? `closed at ${utcSecond(course.closed.at)} UTC` : 'still on'}, as of ${utcSecond(asOf)} UTC` : 'the whole night, noon to noon'} · rules ${rulesVersions.join(', ') || 'none'}</div>
</header>`

const figure = (value: string, words: string): Markup =>
  markup`<div><b>${value}</b><span>${words}</span></div>`

const figures = ({ roof, site, plc, verdicts, observing: { totals } }: NightReport): Markup => markup`
<section class="figures">
  ${
    roof
      ? [
          figure(
            duration(roof.couldOpenS),
            `the roof could be open${roof.wasOpenS === null ? '' : `; it was ${duration(roof.wasOpenS)}`}`,
          ),
          figure(duration(roof.lostS), 'lost with the sun down'),
          figure(
            `${utcMinute(roof.from)}–${utcMinute(roof.to)}`,
            `sun down, UTC; ${siteMinute(roof.from, site.timeZone)}–${siteMinute(roof.to, site.timeZone)} at the site`,
          ),
        ]
      : figure('none', 'hours with the sun down')
  }
  ${
    totals.observations === 0
      ? null
      : figure(
          totals.efficiency === null ? duration(totals.openShutterS) : percent(totals.efficiency),
          `of the dark time exposed: ${duration(totals.openShutterS)}, ${count(totals.images, 'image')} of ${count(totals.observations, 'observation')}`,
        )
  }
  ${figure(`${verdicts.changes}`, `changes of verdict; ${count(plc.outages.length + plc.outagesOmitted, 'PLC outage')}, ${plc.rejected.count} answers rejected`)}
</section>`

const orDash = (seconds: number): string => (seconds === 0 ? '–' : duration(seconds))

const lost = ({ roof }: NightReport): Markup => {
  if (!roof) return none('The sun does not set; the roof stays closed.')
  const { unsafe, unknown, unwatched } = roof.spentS
  return markup`
  <p class="none">Unsafe ${duration(unsafe)}, unknown ${duration(unknown)}, not watched ${duration(unwatched)} of ${duration(roof.passedS)}.</p>
  ${
    roof.lostTo.length === 0
      ? null
      : markup`<table><tr><th>quantity</th><th>unsafe</th><th>unknown</th><th>it alone</th></tr>${roof.lostTo.map(
          ({ quantity, unsafeS, unknownS, aloneS }) =>
            markup`<tr><td>${spaced(quantity)}</td><td>${orDash(unsafeS)}</td><td>${orDash(unknownS)}</td><td>${orDash(aloneS)}</td></tr>`,
        )}</table>`
  }`
}

const shownSpans = 40

const verdicts = ({ verdicts: { spans, omitted } }: NightReport): Markup => markup`
  <table><tr><th>from, UTC</th><th class="words">verdict</th><th>for</th></tr>${spans
    .slice(0, shownSpans)
    .map(
      ({ state, from, to }) =>
        markup`<tr><td class="time">${utcSecond(from)}</td><td class="words"><i class="dot ${state}"></i>${state === 'unwatched' ? 'not watched' : state}</td><td>${duration((Date.parse(to) - Date.parse(from)) / 1000)}</td></tr>`,
    )}</table>
  ${spans.length + omitted > shownSpans ? none(`and ${count(spans.length + omitted - shownSpans, 'more')}`) : null}`

const weather = ({ weather: statistics }: NightReport): Markup =>
  statistics.length === 0
    ? none('Nothing measured.')
    : markup`<table><tr><th></th><th>least</th><th>mean</th><th>greatest</th><th class="words"></th></tr>${statistics.map(
        ({ name, min, mean, max, unit }) =>
          markup`<tr><td>${spaced(name)}</td><td>${upToTenths(min)}</td><td>${upToTenths(mean)}</td><td>${upToTenths(max)}</td><td class="words">${unit}</td></tr>`,
      )}</table>`

const rain = ({ rain: showers }: NightReport): Markup =>
  showers.length === 0
    ? none('None.')
    : markup`<table><tr><th>from, UTC</th><th>to</th><th>up to</th></tr>${showers.map(
        ({ from, to, maxMmH }) =>
          markup`<tr><td class="time">${utcSecond(from)}</td><td class="time">${utcSecond(to)}</td><td>${maxMmH === null ? 'by contact' : `${upToTenths(maxMmH)} mm/h`}</td></tr>`,
      )}</table>`

const plc = ({ plc: { outages, rejected } }: NightReport): Markup => markup`
  ${
    outages.length === 0
      ? none('It always answered.')
      : markup`<table><tr><th>from, UTC</th><th>for</th><th class="words">what</th></tr>${outages.map(
          ({ from, to, outageS, detail }) =>
            markup`<tr><td class="time">${utcSecond(from)}</td><td>${duration(outageS)}${to ? '' : ' so far'}</td><td class="words">${detail ?? 'it began the night before'}</td></tr>`,
        )}</table>`
  }
  ${
    rejected.count === 0
      ? null
      : markup`<table><tr><th>rejected, UTC</th><th class="words">why</th></tr>${rejected.first.map(
          ({ at, reason, detail }) =>
            markup`<tr><td class="time">${utcSecond(at)}</td><td class="words">${reason}: ${detail}</td></tr>`,
        )}</table>${rejected.count > rejected.first.length ? none(`and ${count(rejected.count - rejected.first.length, 'more')}`) : null}`
  }`

const flags = ({ flags: raised }: NightReport): Markup =>
  raised.length === 0
    ? none('None.')
    : markup`<table><tr><th>device</th><th class="words">what</th><th>polls</th></tr>${raised.map(
        ({ code, device, value, detail, polls }) =>
          markup`<tr><td>${device}${value ? `/${value}` : ''}</td><td class="words">${code}: ${detail}</td><td>${polls}</td></tr>`,
      )}</table>`

const footer = ({ events, notOnRecord }: NightReport): Markup => markup`
<footer>${count(events.count, 'event')} from ${utcSecond(events.firstAt)} to ${utcSecond(events.lastAt)} UTC.
${notOnRecord.length > 0 ? `Nothing on record of ${notOnRecord.join(', ')}.` : null}</footer>`

/** The report as one page that needs nothing beside itself. */
export const reportHtml = (report: NightReport): string => {
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Night of ${report.night}, ${report.site.name}</title><style>${new Markup(reportStyle)}</style></head>
<body><main>${header(report)}${figures(report)}
<figure>${nightChart(report)}</figure>
${wholeNightHtml(report)}
<div class="columns">
<section><h2>Lost to</h2>${lost(report)}<h2>Verdicts</h2>${verdicts(report)}</section>
<section><h2>Weather</h2>${weather(report)}<h2>Rain</h2>${rain(report)}<h2>PLC</h2>${plc(report)}<h2>Flags</h2>${flags(report)}</section>
</div>${footer(report)}</main></body></html>`
  return page.text
}
