import type { Image } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { fixed } from '../../ui/numbers.ts'
import { Empty, Loaded } from '../../ui/section.tsx'
import { clockOf } from '../../ui/times.ts'

const addressOf = ({ image_id }: Image, file: string): string =>
  `/api/images/${encodeURIComponent(image_id)}/${file}`

const Picture = ({ image }: { image: Image }) => (
  <figure class="picture">
    <a href={addressOf(image, 'fits')} title="The FITS file">
      <img
        src={addressOf(image, 'preview.png')}
        alt={`${image.kind}, ${image.filter}, ${image.image_id}`}
        loading="lazy"
      />
    </a>
    <figcaption>
      {image.kind === 'light' ? image.sequence_id : image.kind} · {image.filter} ·{' '}
      {fixed(image.exposure_s, 0)} s
      <br />
      <span class="dim">
        {clockOf(Date.parse(image.started_at))} UTC
        {image.altitude_deg === null ? '' : ` · ${fixed(image.altitude_deg, 0)}° high`}
      </span>
    </figcaption>
  </figure>
)

/** The newest images of a night, to see at a glance whether they are any good. */
export const Pictures = ({ night }: { night: string | null }) => {
  const seen = useAnswer<{ items: Image[] }>(`/api/images?limit=8${night ? `&night=${night}` : ''}`, [
    'images',
  ])
  return (
    <Loaded seen={seen} none="No images: this program keeps none.">
      {({ items }) =>
        items.length === 0 ? (
          <Empty>No image was taken this night yet. They appear here as the cameras write them.</Empty>
        ) : (
          <div class="pictures">
            {items.map((image) => (
              <Picture key={image.image_id} image={image} />
            ))}
          </div>
        )
      }
    </Loaded>
  )
}
