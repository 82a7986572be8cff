import { Section } from '../../ui/section.tsx'
import { Parts } from '../environment/parts.tsx'
import { Agents } from './agents.tsx'
import { Flow } from './flow.tsx'
import { Projections } from './projections.tsx'

/** The program itself: what runs, what flows where, how far the read models are. */
export const SystemPanel = () => (
  <div class="panel">
    <Section title="What flows where">
      <Flow />
    </Section>
    <Section title="Read models">
      <Projections />
    </Section>
    <Section title="Parts" span={6}>
      <Parts />
    </Section>
    <Section title="Agents" span={6}>
      <Agents />
    </Section>
  </div>
)
