import { z } from 'zod'

const count = z.number().int().nullable()
const number = z.number().nullable()

/** What became of an image of the sky; all null until it is corrected, and for calibration frames. */
const analysisShape = {
  analysis: z
    .string()
    .nullable()
    .describe('calibrated, refused, or null while it waits and for calibration frames'),
  refused_for: z.string().nullable().describe('why it could not be corrected'),
  analysed_at: z.iso.datetime().nullable(),
  calibrated_file: z.string().nullable().describe('relative to the data folder; /calibrated.fits gives it'),
  masters: z.unknown().describe('ids of the masters it was corrected with, by kind: bias, dark, flat'),
  missing: z.unknown().describe('kinds for which there was no master that fits'),
  background_counts: number.describe('of the sky after correction'),
  noise_counts: number.describe('standard deviation of a pixel of the sky'),
  saturated_pixels: count,
  fwhm_px: number.describe('median width of its stars at half maximum'),
  sources: count.describe('found in it'),
  limiting_magnitude: number.describe('of a star at five times the noise'),
  transient_search: z.string().nullable().describe('done, not-an-alert, no-catalogue or no-coordinates'),
  catalogue: z.string().nullable().describe('of stars; `simulated sky` is that of the simulators'),
  transient_candidates: count.describe('sources that are not in the catalogue'),
}

export const imageSchema = z
  .object({
    image_id: z.string(),
    kind: z.string().describe('light, flat, dark or bias'),
    site: z.string(),
    night: z.iso.date(),
    request_id: z.string().nullable().describe('null, as the next four, for calibration'),
    sequence_id: z.string().nullable(),
    attempt: z.number().int().nullable(),
    detector: z.string(),
    album: z.string().nullable(),
    plan: z.string().nullable(),
    number: z.number().int().describe('in its plan or of its kind, from 1'),
    filter: z.string(),
    exposure_s: z.number(),
    started_at: z.iso.datetime(),
    file: z.string().describe('relative to the data folder'),
    sha256: z.string(),
    bytes: z.number().int(),
    ra_deg: z.number().nullable().describe('ICRS'),
    dec_deg: z.number().nullable(),
    altitude_deg: z.number().nullable(),
    airmass: z.number().nullable(),
    detector_temperature_c: z.number().nullable(),
    level_counts: z.number().nullable().describe('mean of all pixels, where the camera tells it'),
    usable: z.boolean().describe('false for a flat that is too bright or too dark'),
    ...analysisShape,
  })
  .meta({ id: 'Image' })

const candidateSchema = z.object({
  candidate_id: z.string(),
  image_id: z.string(),
  request_id: z.string(),
  found_at: z.iso.datetime(),
  simulated: z.boolean(),
  detector: z.string(),
  filter: z.string(),
  ra_deg: z.number().describe('ICRS'),
  dec_deg: z.number(),
  x_px: z.number().describe('from 1, as in FITS'),
  y_px: z.number(),
  snr: z.number().describe('signal-to-noise'),
  fwhm_px: number,
  magnitude: number,
  catalogue: z.string(),
})

export const imageDetailSchema = imageSchema
  .extend({ candidates: z.array(candidateSchema).describe('what is in it and in no catalogue') })
  .meta({ id: 'ImageDetail' })

export const masterSchema = z
  .object({
    master_id: z.string(),
    kind: z.string().describe('bias, dark or flat'),
    detector: z.string(),
    filter: z.string().nullable().describe('of a flat'),
    exposure_s: number.describe('of a dark'),
    frames_night: z.iso.date(),
    built_at: z.iso.datetime(),
    file: z.string().nullable().describe('relative to the data folder'),
    sha256: z.string().nullable(),
    bytes: count,
    frames: z.unknown().describe('image ids of the frames that it is made of'),
    frames_rejected: z.unknown().describe('what was left out, and why'),
    pixels_rejected: count.describe('values left out by clipping, of all frames'),
    mean: number.describe('of its pixels, in counts; a flat’s is 1'),
    sigma: number,
    not_built: z.string().nullable().describe('why there is none'),
  })
  .meta({ id: 'MasterFrame' })
